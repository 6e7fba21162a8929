/** The real Jaeger on loopback. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../../lab/commands';
import { freePort } from '../../../lab/free-port';
import { type JaegerProps, jaegerOf } from '../../../lab/jaeger';
import { Running } from '../../../lab/running';
import { find, render } from '../../support';

/** A Jaeger that runs, and where it is reached. */
export type RunningJaeger = Awaited<ReturnType<typeof startJaeger>>;

const spanIdsOf = (answer: string): readonly string[] =>
  (JSON.parse(answer) as { data: { spans: { spanID: string }[] }[] }).data.flatMap(({ spans }) =>
    spans.map(({ spanID }) => spanID),
  );

/** The whole answer of Jaeger's API about a trace, once it has as many spans. */
async function traceOf(api: string, id: string, spans: number): Promise<string> {
  let text = '';
  await until(async () => {
    text = await (await fetch(`${api}/traces/${id}`)).text();
    return (JSON.parse(text) as { data?: { spans: object[] }[] }).data?.[0]?.spans.length === spans;
  }, `the ${spans} spans of trace ${id} in Jaeger`);
  return text;
}

/** The variables that Jaeger's container has, of those with a value in the manifest. */
export function jaegerEnvironment(): Readonly<Record<string, string>> {
  const { spec } = find(render(''), 'Deployment', 'jaeger') as unknown as {
    spec: { template: { spec: { containers: { env?: { name: string; value?: string }[] }[] } } };
  };
  const env = spec.template.spec.containers[0]?.env ?? [];
  return Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
}

/**
 * Jaeger, which keeps traces in memory.
 * @param env its environment. @default - that of its pod
 */
export async function startJaeger(env: Readonly<Record<string, string>> = jaegerEnvironment()) {
  const running = new Running();
  const [otlp, http, grpc] = await Promise.all([freePort(), freePort(), freePort()]);
  const config = running.write('config.yaml', {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query'],
      pipelines: { traces: { receivers: ['otlp'], exporters: ['jaeger_storage_exporter'] } },
      telemetry: { metrics: { level: 'none' } },
    },
    extensions: {
      jaeger_storage: { backends: { memory: { memory: { max_traces: 10_000 } } } },
      jaeger_query: {
        storage: { traces: 'memory' },
        http: { endpoint: `127.0.0.1:${http}` },
        grpc: { endpoint: `127.0.0.1:${grpc}` },
      },
    },
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${otlp}` } } } },
    exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
  });
  const api = `http://127.0.0.1:${http}/api`;
  await running.start('jaeger', [`--config=${config}`], env, `${api}/services`);
  return {
    address: `127.0.0.1:${otlp}`,
    /** The services that it knows. */
    services: async (): Promise<string> => (await fetch(`${api}/services`)).text(),
    /** Its answer to a search for the traces of a service, as Grafana's datasource asks: an empty value is left out. */
    search: (service: string): Promise<Response> =>
      fetch(`${api}/traces?${new URLSearchParams({ limit: '20', ...(service !== '' && { service }) })}`),
    /** Its whole answer about a trace, once it has as many spans. */
    trace: (id: string, spans: number): Promise<string> => traceOf(api, id, spans),
    /** Its whole answers about all spans that began within a time, in microseconds, once there are as many: one text a service. */
    everything: async (start: number, end: number, spans: number): Promise<string[]> => {
      let texts: string[] = [];
      await until(async () => {
        const services = (await (await fetch(`${api}/services`)).json()) as { data: string[] | null };
        texts = await Promise.all(
          (services.data ?? []).map(async (service) => {
            const query = new URLSearchParams({ service, start: `${start}`, end: `${end}`, limit: '10000' });
            return (await fetch(`${api}/traces?${query}`)).text();
          }),
        );
        return texts.flatMap(spanIdsOf).length === spans;
      }, `${spans} spans in Jaeger`);
      return texts;
    },
    stop: () => running.stop(),
  };
}

/**
 * The Jaeger of development as it is rendered, with badger, and only addresses and folders of its own.
 * @param strategies what it serves to SDKs that ask how to sample; null: nothing
 */
export async function startRenderedJaeger(strategies: object | null = null) {
  const sampling = await freePort();
  const jaeger = await jaegerOf(strategies === null ? {} : withStrategies(strategies, sampling));
  await jaeger.start();
  const { address, api } = jaeger;
  return {
    ...jaeger,
    /** Where SDKs ask how to sample, by HTTP. */
    sampling: `http://127.0.0.1:${sampling}`,
    /** Where OTLP is sent to. */
    endpoint: `http://${address}`,
    /** Its whole answer about a trace, once it has as many spans. */
    trace: (id: string, spans: number): Promise<string> => traceOf(api, id, spans),
    /** Ids of the traces of a service with a span that has a tag, given as `name=value`. */
    search: async (service: string, tag: string): Promise<readonly string[]> => {
      const tags = JSON.stringify(Object.fromEntries([tag.split('=')]));
      const query = new URLSearchParams({ service, tags, lookback: '1h', limit: '20' });
      const answer = (await (await fetch(`${api}/traces?${query}`)).json()) as {
        data: { traceID: string }[];
      };
      return answer.data.map(({ traceID }) => traceID);
    },
  };
}

/** A Jaeger that serves sampling strategies from a file of its own. */
function withStrategies(strategies: object, port: number): JaegerProps {
  const path = join(mkdtempSync(join(tmpdir(), 'strategies-')), 'strategies.json');
  writeFileSync(path, JSON.stringify(strategies));
  const remote_sampling = {
    file: { path },
    http: { endpoint: `127.0.0.1:${port}` },
    grpc: { endpoint: '127.0.0.1:0' },
  };
  return { settings: 'samplingStrategiesFile: sampling.json', overlay: { extensions: { remote_sampling } } };
}
