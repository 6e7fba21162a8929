/** The Jaeger of development as it is rendered, with badger, on loopback: it can crash, and start again on the same data. */
import { join } from 'node:path';
import { ownMetricsOnLoopback } from '../../loopback';
import { configFile, render } from '../../rendered';
import { freePort, Running } from '../../running';
import { containerOf } from './container';

/** Changes of the rendered configuration, laid over it by Jaeger itself: a second file. */
export type Overlay = object;

/** What differs from development. */
export interface JaegerOptions {
  /** More lines of the environment's key `jaeger`, in YAML's flow form. @default none */
  readonly settings?: string;
  /** A wrong configuration, or one that is scaled down in time. @default none */
  readonly overlay?: Overlay;
  /** The folder of the data. @default one of its own */
  readonly folder?: string;
  /** @default jaeger */
  readonly program?: string;
}

/** Such a Jaeger. */
export type StoreJaeger = Awaited<ReturnType<typeof badgerJaeger>>;

/** Prepares it; it is not started. */
export async function badgerJaeger({ settings = '', overlay = {}, folder, program = 'jaeger' }: JaegerOptions = {}) {
  const running = new Running();
  const objects = render(`janServer: null\njaeger: {monitor: false${settings === '' ? '' : `, ${settings}`}}`);
  const [http, query, health, metrics] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const data = folder ?? running.path('data');
  const addresses = {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${http}` } } } },
    extensions: {
      healthcheckv2: { http: { endpoint: `127.0.0.1:${health}` } },
      jaeger_query: { http: { endpoint: `127.0.0.1:${query}` }, grpc: { endpoint: '127.0.0.1:0' } },
      jaeger_storage: {
        backends: { main: { badger: { directories: { keys: join(data, 'keys'), values: join(data, 'values') } } } },
      },
    },
    service: { telemetry: ownMetricsOnLoopback(metrics) },
  };
  const files = [
    running.write('config.yaml', configFile(objects, 'jaeger-config', 'config.yaml')),
    running.write('addresses.yaml', addresses),
    running.write('overlay.yaml', overlay),
  ];
  const env = { ...containerOf(objects, 'Deployment', 'jaeger').env, POD_IP: '127.0.0.1' };
  const args = files.map((file) => `--config=${file}`);
  return {
    /** Address of its OTLP receiver. */
    address: `127.0.0.1:${http}`,
    /** Where spans are sent to. */
    url: `http://127.0.0.1:${http}/v1/traces`,
    /** Its HTTP API. */
    api: `http://127.0.0.1:${query}/api`,
    /** Its own metrics. */
    metrics: `http://127.0.0.1:${metrics}/metrics`,
    /** The folder of its data. */
    data,
    running,
    /** Starts it, or starts it again. @returns seconds until it was ready */
    start: async (): Promise<number> => {
      const start = Date.now();
      await running.start(program, args, env, `http://127.0.0.1:${health}/status`);
      return (Date.now() - start) / 1000;
    },
  };
}
