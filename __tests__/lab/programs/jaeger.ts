/** The real Jaeger on loopback. */
import { until } from '../../../lab/commands';
import { freePort, Running } from './running';

/** A Jaeger that runs, and where it is reached. */
export type RunningJaeger = Awaited<ReturnType<typeof startJaeger>>;

/** Jaeger, which keeps traces in memory. */
export async function startJaeger() {
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
  await running.start('jaeger', [`--config=${config}`], {}, `${api}/services`);
  return {
    address: `127.0.0.1:${otlp}`,
    /** Its whole answer about a trace, once it has as many spans. */
    trace: async (id: string, spans: number): Promise<string> => {
      let text = '';
      await until(async () => {
        text = await (await fetch(`${api}/traces/${id}`)).text();
        return (JSON.parse(text) as { data?: { spans: object[] }[] }).data?.[0]?.spans.length === spans;
      }, `the ${spans} spans of trace ${id} in Jaeger`);
      return text;
    },
    stop: () => running.stop(),
  };
}
