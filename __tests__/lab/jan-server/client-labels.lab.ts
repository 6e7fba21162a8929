/**
 * What an outsider can do to the scrape of Jan Server's services, in the real Prometheus. `captures/` has what the real services
 * (janhq/server, 2026-01-10) served at /metrics under test traffic, with an e-mail address in a path and a user agent; Go's own
 * metrics are left out. The requests of the outsider are added in the same form.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { until } from '../../../lab/commands';
import { freePort } from '../../../lab/free-port';
import { Running } from '../../../lab/running';
import { configFile, render } from '../../support';

const SERVICES = ['llm-api', 'mcp-tools', 'realtime-api'] as const;
type Service = (typeof SERVICES)[number];

const captured = (service: Service) => readFileSync(join(__dirname, 'captures', `${service}.metrics.txt`), 'utf8');
const times = (count: number, lines: (index: number) => readonly string[]) =>
  Array.from({ length: count }, (_, index) => lines(index)).flat();
const histogram = (name: string, labels: string) => [
  ...[0.1, 0.5, 1, 2, 5, 10, 30, 60, '+Inf'].map((le) => `${name}_bucket{${labels},le="${le}"} 1`),
  ...['sum', 'count'].map((part) => `${name}_${part}{${labels}} 1`),
];

/** As many requests as it takes for more samples than `janServer.limits.samples`; of llm-api 1,800, as was measured. */
const OUTSIDER: Readonly<Record<Service, readonly string[]>> = {
  'llm-api': [
    ...times(1800, (index) => unserved('GET', `/wp-admin/${index}.php`)),
    // What looks like a route, and a route of which the method is made up.
    ...times(200, (index) => unserved('GET', `/v1/:id${index}`)),
    ...times(200, (index) => unserved(`GET${index}`, '/v1/chat/completions')),
    ...times(200, (index) => [`jan_llm_api_user_agents_total{user_agent="a${index}"} 1`]),
  ],
  'mcp-tools': times(20_001, (index) => [`jan_mcp_requests_total{method="M${index}",status="404"} 1`]),
  'realtime-api': times(2000, (index) => {
    const labels = `method="M${index}",path="unknown",status="404"`;
    return [`http_requests_total{${labels}} 1`, ...histogram('http_request_duration_seconds', labels)];
  }),
};

function unserved(method: string, path: string): readonly string[] {
  const labels = `endpoint="${path}",method="${method}",status="404"`;
  return [
    `jan_llm_api_requests_total{${labels},model="unknown",stream="false"} 1`,
    ...histogram('jan_llm_api_request_duration_seconds', labels),
  ];
}

/** The capture, with an outsider's lines among those of their metrics. */
const served = (service: Service) => `${captured(service)}${OUTSIDER[service].join('\n')}\n`;

/** A service that serves its metrics. Lines of one metric may stand apart: Prometheus takes them all the same. */
async function startService(service: Service): Promise<{ readonly server: Server; readonly port: number }> {
  const port = await freePort();
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/plain; version=0.0.4');
    response.end(served(service));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { server, port };
}

interface ScrapeConfig {
  readonly job_name: string;
  readonly static_configs: readonly { readonly labels: { readonly job: string } }[];
}

/** The job of an environment, with only the targets' addresses changed. */
function renderedJob(ports: Readonly<Record<string, number>>): ScrapeConfig {
  const services = SERVICES.map((name) => `{ name: ${name}, port: 1 }`).join(', ');
  const environment = `janServer: { discovery: static, scrapeInterval: 1s, services: [${services}] }`;
  const { scrape_configs } = configFile<{ scrape_configs: readonly ScrapeConfig[] }>(
    render(environment),
    'prometheus-config',
    'prometheus.yaml',
  );
  const job = scrape_configs.find(({ job_name }) => job_name === 'jan-server');
  if (job === undefined) throw new Error('no job of Jan Server');
  const toLoopback = (target: ScrapeConfig['static_configs'][number]) => ({
    ...target,
    targets: [`127.0.0.1:${ports[target.labels.job]}`],
  });
  return { ...job, static_configs: job.static_configs.map(toLoopback) };
}

type Sample = { readonly metric: Readonly<Record<string, string>>; readonly value: readonly [number, string] };

const prometheus = new Running();
let address = '';
const servers: Server[] = [];

async function ask(query: string): Promise<readonly Sample[]> {
  const answer = await fetch(`${address}/api/v1/query?${new URLSearchParams({ query })}`);
  return ((await answer.json()) as { data: { result: readonly Sample[] } }).data.result;
}
const value = async (query: string) => Number((await ask(query))[0]?.value[1]);

beforeAll(async () => {
  const ports: Record<string, number> = {};
  for (const service of SERVICES) {
    const { server, port } = await startService(service);
    servers.push(server);
    ports[service] = port;
  }
  const job = renderedJob(ports);
  const settings = {
    scrape_configs: [job, { ...job, job_name: 'without', metric_relabel_configs: [], relabel_configs: [BESIDE] }],
  };
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  const flags = [
    `--config.file=${prometheus.write('prometheus.yaml', settings)}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const storage = `--storage.tsdb.path=${prometheus.path('tsdb')}`;
  await prometheus.start('prometheus', [...flags, storage], {}, `${address}/-/ready`);
  const scraped = () => value('count(scrape_samples_scraped)');
  await until(async () => (await scraped()) === 2 * SERVICES.length, 'every target to be scraped', 60);
});
/** The same services, without our steps: their jobs have another name. */
const BESIDE = { source_labels: ['job'], regex: '(.+)', target_label: 'job', replacement: 'without-$1' };

afterAll(async () => {
  await prometheus.stop();
  for (const server of servers) server.close();
});

describe.each(SERVICES)('%s, to which an outsider has sent requests', (service) => {
  test('is scraped, which fails without our relabelling', async () => {
    expect(await value(`up{job="${service}"}`)).toBe(1);
    expect(await value(`up{job="without-${service}"}`)).toBe(0);
  });

  test('is stored to the last sample, as before the requests', async () => {
    const text = captured(service).split('\n');
    const honest = text.filter((line) => line !== '' && !line.startsWith('#') && !MADE_UP.test(line));
    const stored = await ask(`{job="${service}",__name__!~"up|scrape_.+"}`);
    expect(stored.map(({ metric, value: [, sample] }) => line(metric, Number(sample))).sort()).toEqual(
      honest.map((written) => parsed(written)).sort(),
    );
    expect(await value(`scrape_samples_post_metric_relabeling{job="${service}"}`)).toBe(honest.length);
  });

  test('stores no address of a user and no path of an outsider', async () => {
    expect(JSON.stringify(await ask(`{job="${service}"}`))).not.toMatch(/@|wp-admin|nowhere|plantedagent/);
  });
});

/** Lines of the captures that are not to be stored: 404s but for an unknown model, and user agents. */
const MADE_UP =
  /^jan_llm_api_user_agents_total|^jan_llm_api_request(?!.*endpoint="(\/llm)?\/v1\/chat\/completions").*status="404"/;

/** A sample as text, its labels in order. The target's labels are left out. */
function line(
  { __name__ = '', job: _, instance: __, namespace: ___, service: ____, ...labels }: Sample['metric'],
  sample: number,
) {
  const written = Object.entries(labels).map(
    ([name, text]) => `${name}=${name === 'le' ? Number(text) || text : text}`,
  );
  return `${__name__} ${written.sort().join(' ')} ${sample}`;
}

function parsed(text: string): string {
  const [, name = '', labels = '', sample = ''] = /^([a-z_:]+)(?:\{(.*)\})? (\S+)$/.exec(text) ?? [];
  const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', label = '']) => [key, label]);
  return line({ __name__: name, ...Object.fromEntries(pairs) }, Number(sample));
}
