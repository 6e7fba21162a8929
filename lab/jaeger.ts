/** The Jaeger of development on loopback: as it is rendered, with badger, and only addresses and folders of its own. */
import { join } from 'node:path';
import { containerOf } from './container';
import { freePort } from './free-port';
import { ownMetricsOnLoopback } from './loopback';
import { configFile, render } from './rendered';
import { Running } from './running';
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

/** What differs from development. */
export interface JaegerProps {
  /** More settings of the environment's key `jaeger`, in YAML's flow form. @default - none */
  readonly settings?: string;
  /** A configuration that Jaeger lays over the rendered one: a wrong one, or one in fast motion. @default - none */
  readonly overlay?: object;
  /** The folder of the data. @default - one of its own */
  readonly folder?: string;
  /** Its name in `lab/programs.ts`. @default jaeger */
  readonly program?: string;
}

/** A Jaeger that is not started yet. It keeps its ports and its store when it is started again. */
export async function jaegerOf({ settings, overlay = {}, folder, program = 'jaeger' }: JaegerProps = {}) {
  const running = new Running();
  const [otlp, http, metrics, health] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const objects = render(
    `janServer: null\njaeger: {${['monitor: false', ...(settings === undefined ? [] : [settings])].join(', ')}}`,
  );
  const rendered = configFile<Rendered>(objects, 'jaeger-config', 'config.yaml');
  const protocols = Object.keys(rendered.receivers.otlp.protocols);
  const data = folder ?? running.path('data');
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
          main: { badger: { directories: { keys: join(data, 'keys'), values: join(data, 'values') } } },
        },
      },
    },
    service: { telemetry: ownMetricsOnLoopback(metrics) },
  };
  const files = Object.entries({ rendered, addresses, overlay }).map(([name, file]) =>
    running.write(`${name}.yaml`, file),
  );
  const env = { ...containerOf(objects, 'Deployment', 'jaeger').env, POD_IP: '127.0.0.1' };
  const api = `http://127.0.0.1:${http}/api`;
  const services = async () =>
    ((await (await fetch(`${api}/services`)).json()) as { data: readonly string[] | null }).data ?? [];
  return {
    /** Address of its OTLP receiver. */
    address: `127.0.0.1:${otlp}`,
    /** Where spans are sent to. */
    url: `http://127.0.0.1:${otlp}/v1/traces`,
    /** The folder of its data. */
    data,
    /** Its HTTP API. */
    api,
    /** Port of its own metrics. */
    metrics,
    running,
    /** Starts it, and waits until it is ready. @returns seconds that it took */
    start: async (): Promise<number> => {
      const start = Date.now();
      const args = files.map((file) => `--config=${file}`);
      await running.start(program, args, env, `http://127.0.0.1:${health}/status`);
      return (Date.now() - start) / 1000;
    },
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
