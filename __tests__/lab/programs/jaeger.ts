/** The real Jaeger on loopback. */
import { until } from '../../../lab/commands';
import { freeJaegerPorts, jaegerAddressesOf } from '../../../lab/loopback-jaeger';
import { freePort, Running } from '../../../lab/running';
import { configFile, find, render } from '../../support';

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
    receivers: { otlp: { protocols: { grpc: { endpoint: `127.0.0.1:${otlp}` } } } },
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

/** The Jaeger of development as it is rendered, with badger, and only addresses and folders of its own. */
export async function startRenderedJaeger() {
  const running = new Running();
  const ports = await freeJaegerPorts();
  const rendered = configFile(render('janServer: null\njaeger: {monitor: false}'), 'jaeger-config', 'config.yaml');
  const addresses = jaegerAddressesOf(ports, running);
  const files = [running.write('config.yaml', rendered), running.write('addresses.yaml', addresses)];
  const args = files.map((file) => `--config=${file}`);
  await running.start('jaeger', args, { POD_IP: '127.0.0.1' }, `http://127.0.0.1:${ports.health}/status`);
  const api = `http://127.0.0.1:${ports.http}/api`;
  return {
    /** Address of its OTLP receiver, by gRPC. */
    address: `127.0.0.1:${ports.otlp}`,
    /** Where OTLP is sent to by gRPC. */
    endpoint: `http://127.0.0.1:${ports.otlp}`,
    /** Its HTTP API. */
    api,
    /** Its whole answer about a trace, once it has as many spans. */
    trace: (id: string, spans: number): Promise<string> => traceOf(api, id, spans),
    /** Port of its own metrics. */
    metrics: ports.self,
    /** Ids of the traces of a service with a span that has a tag, given as `name=value`. */
    search: async (service: string, tag: string): Promise<readonly string[]> => {
      const tags = JSON.stringify(Object.fromEntries([tag.split('=')]));
      const query = new URLSearchParams({ service, tags, lookback: '1h', limit: '20' });
      const answer = (await (await fetch(`${api}/traces?${query}`)).json()) as {
        data: { traceID: string }[];
      };
      return answer.data.map(({ traceID }) => traceID);
    },
    stop: () => running.stop(),
  };
}
