/** The Jaeger of development on loopback: as it is rendered, with badger, and only addresses and folders of its own. */
import { ownMetricsOnLoopback } from './loopback';
import { configFile, render } from './rendered';
import { freePort, Running } from './running';
import { seriesAt } from './series';

/** A Jaeger, and where it is reached. */
export type Jaeger = Awaited<ReturnType<typeof jaegerOf>>;

interface Rendered {
  readonly receivers: { readonly otlp: { readonly protocols: Readonly<Record<string, object>> } };
}
interface Answer {
  readonly data: readonly { readonly spans: readonly { readonly spanID: string }[] }[] | null;
}

/** More than any experiment sends; a search without a limit returns 20 traces. */
const ALL_TRACES = '1000000';
/** In microseconds: the year 2255, near the last that fits into nanoseconds. */
const END_OF_TIME = '9000000000000000';

/** A Jaeger that is not started yet. It keeps its ports and its store when it is started again. */
export async function jaegerOf(environment = '') {
  const running = new Running();
  const [otlp, http, metrics, health] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const objects = render(`janServer: null\njaeger: {monitor: false}\n${environment}`);
  const rendered = configFile<Rendered>(objects, 'jaeger-config', 'config.yaml');
  const protocols = Object.keys(rendered.receivers.otlp.protocols);
  // Jaeger lays a second file over the first.
  const addresses = {
    receivers: {
      otlp: { protocols: Object.fromEntries(protocols.map((name) => [name, { endpoint: `127.0.0.1:${otlp}` }])) },
    },
    extensions: {
      healthcheckv2: { http: { endpoint: `127.0.0.1:${health}` } },
      jaeger_query: { http: { endpoint: `127.0.0.1:${http}` }, grpc: { endpoint: '127.0.0.1:0' } },
      jaeger_storage: {
        backends: {
          main: { badger: { directories: { keys: running.path('keys'), values: running.path('values') } } },
        },
      },
    },
    service: { telemetry: ownMetricsOnLoopback(metrics) },
  };
  const files = [running.write('config.yaml', rendered), running.write('addresses.yaml', addresses)];
  const api = `http://127.0.0.1:${http}/api`;
  const services = async () =>
    ((await (await fetch(`${api}/services`)).json()) as { data: readonly string[] | null }).data ?? [];
  return {
    /** Address of its OTLP receiver. */
    address: `127.0.0.1:${otlp}`,
    /** Its HTTP API. */
    api,
    /** Port of its own metrics. */
    metrics,
    running,
    /** Starts it, and waits until it is ready. */
    start: (): Promise<void> =>
      running.start(
        'jaeger',
        files.map((file) => `--config=${file}`),
        { POD_IP: '127.0.0.1' },
        `http://127.0.0.1:${health}/status`,
      ),
    /** Its own metrics. */
    self: () => seriesAt(metrics),
    services,
    /** Ids of all spans that it has. One that is stored twice is here twice. */
    spanIds: async (): Promise<readonly string[]> => {
      const found: string[] = [];
      for (const service of await services()) {
        const query = new URLSearchParams({ service, limit: ALL_TRACES, start: '0', end: END_OF_TIME });
        const answer = await fetch(`${api}/traces?${query}`);
        if (!answer.ok) throw new Error(`Jaeger answers ${answer.status}: ${await answer.text()}`);
        const { data } = (await answer.json()) as Answer;
        for (const { spans } of data ?? []) found.push(...spans.map(({ spanID }) => spanID));
      }
      return found;
    },
    end: (signal?: NodeJS.Signals) => running.end(signal),
    stop: () => running.stop(),
  };
}
