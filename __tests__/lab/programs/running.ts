/** The real Collector and the real Jaeger on loopback, with the rendered configuration and only addresses of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ownFolder, programPath } from '../../../lab/cache';
import { until } from '../../../lab/commands';
import { configFile, render } from '../../support';

/** A port that nobody listens on. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject()));
    });
  });

const isUp = async (url: string) => (await fetch(url)).ok;

/** A program that runs until the test stops it. */
class Running {
  readonly #folder = ownFolder('running');
  #child: ChildProcess | undefined;
  #output = '';

  /** Path of a file in its folder. */
  path(name: string): string {
    return join(this.#folder, name);
  }

  /** Writes a configuration. @returns its path */
  write(name: string, settings: object): string {
    writeFileSync(this.path(name), stringify(settings));
    return this.path(name);
  }

  /** Starts it, and waits until a URL answers. */
  async start(program: string, args: readonly string[], env: Readonly<Record<string, string>>, url: string) {
    const child = spawn(programPath(program), [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (this.#output += text));
    await until(() => child.exitCode === null && isUp(url), `${program} to be up`, 30).catch((error: Error) => {
      throw new Error(`${error.message}; it said\n${this.#output.slice(-4000)}`);
    });
  }

  /** Ends it as Kubernetes does, and forgets its files. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

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

/** A Collector that runs, and where it is reached. */
export type RunningCollector = Awaited<ReturnType<typeof startCollector>>;

/**
 * The Collector of an environment, without Kubernetes.
 * @param jaeger address of Jaeger's OTLP receiver
 * @param env variables of the environment, besides the pod's
 */
export async function startCollector(text: string, jaeger: string, env: Readonly<Record<string, string>> = {}) {
  const running = new Running();
  const [grpc, http, metrics, self, health] = await Promise.all(Array.from({ length: 5 }, freePort));
  const rendered = configFile(render(`janServer: null\n${text}`), 'otel-collector-config', 'config.yaml');
  // The Collector lays a second file over the first.
  const addresses = {
    receivers: {
      otlp: { protocols: { grpc: { endpoint: `127.0.0.1:${grpc}` }, http: { endpoint: `127.0.0.1:${http}` } } },
    },
    exporters: {
      'otlp_grpc/jaeger': { endpoint: jaeger },
      prometheus: { endpoint: `127.0.0.1:${metrics}` },
    },
    extensions: {
      health_check: { endpoint: `127.0.0.1:${health}` },
      'file_storage/queue': {
        directory: running.path('queue'),
        compaction: { directory: running.path('compaction') },
      },
    },
    service: {
      telemetry: { metrics: { readers: [{ pull: { exporter: { prometheus: { host: '127.0.0.1', port: self } } } }] } },
    },
  };
  const files = [running.write('config.yaml', rendered), running.write('addresses.yaml', addresses)];
  const variables = { POD_IP: '127.0.0.1', POD_NAME: 'otel-collector-0', ...env };
  await running.start(
    'otelcol-contrib',
    files.map((file) => `--config=${file}`),
    variables,
    `http://127.0.0.1:${health}/`,
  );
  return {
    /** Where OTLP is sent to by HTTP. */
    endpoint: `http://127.0.0.1:${http}`,
    /** The series that Prometheus would scrape, as `name{labels}` to their values. */
    series: async (): Promise<ReadonlyMap<string, number>> => {
      const lines = (await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text()).split('\n');
      const samples = lines.filter((line) => line !== '' && !line.startsWith('#'));
      return new Map(
        samples.map((line): [string, number] => {
          const end = line.lastIndexOf(' ');
          return [line.slice(0, end), Number(line.slice(end + 1))];
        }),
      );
    },
    stop: () => running.stop(),
  };
}

/** The sum of a metric's series that have some labels, and how many there are. */
export async function total(
  { series }: Pick<RunningCollector, 'series'>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<{ readonly sum: number; readonly count: number }> {
  const wanted = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  const found = [...(await series())].filter(
    ([id]) => id.startsWith(`${name}{`) && wanted.every((label) => id.includes(label)),
  );
  return { sum: found.reduce((sum, [, value]) => sum + value, 0), count: found.length };
}
