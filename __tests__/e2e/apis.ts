/** Prometheus' and Jaeger's APIs, asked through the API server, so that it works with any cluster. */
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { seriesOf, sumOf } from '../../lab/series';
import { KubectlError } from '../../verbs/kubectl-error';
import type { ServicePort } from '../../verbs/short-forward';
import { CONTEXT, until } from '../cluster/cluster';

const LARGE = 256 * 1024 * 1024;

/** An answer of a Service as it is. @throws Error if it is not reachable now */
export async function askNow({ namespace, service, port }: ServicePort, path: string): Promise<string> {
  const url = `/api/v1/namespaces/${namespace}/services/${service}:${port}/proxy${path}`;
  const args = ['--context', CONTEXT, 'get', '--raw', url];
  return (await promisify(execFile)('kubectl', args, { maxBuffer: LARGE })).stdout;
}

const isUnreachable = (error: unknown) =>
  error instanceof Error && 'stderr' in error && new KubectlError([], String(error.stderr)).isUnreachable;

/**
 * An answer of a Service as it is. A program that has just started has no endpoint for a moment, which is no answer: it is waited for.
 * @throws Error if it is not reachable after a minute, or answers with an error
 */
export async function ask(program: ServicePort, path: string): Promise<string> {
  let answer = '';
  const isThere = async () => {
    try {
      answer = await askNow(program, path);
      return true;
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      return false;
    }
  };
  await until(isThere, `${program.service}:${program.port} in ${program.namespace} to be reachable`, 60);
  return answer;
}

/** An answer in JSON of a Service. */
export const get = async <Answer>(program: ServicePort, path: string): Promise<Answer> =>
  JSON.parse(await ask(program, path)) as Answer;

/** A sum of the metrics that a program serves; 0 where there are none. @param selector of PromQL, for example a name */
export const metricOf = async (program: ServicePort, selector: string): Promise<number> =>
  sumOf(seriesOf(await ask(program, '/metrics')), selector);

/**
 * Sends JSON to a Service, through a port that is forwarded meanwhile: `kubectl create --raw` names no content type. The verbs' own way
 * (`verbs/short-forward.ts`) starts their program a second time, which is Jest's here.
 */
export async function post({ namespace, service, port }: ServicePort, path: string, body: object): Promise<void> {
  const args = ['--context', CONTEXT, '-n', namespace, 'port-forward', `service/${service}`, `:${port}`];
  const forward = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const address = await new Promise<string>((resolve, reject) => {
      forward.once('close', () => reject(new Error(`no port of ${service} was forwarded`)));
      forward.stdout.on('data', (data: Buffer) => {
        const [found] = /127\.0\.0\.1:\d+/.exec(data.toString()) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`http://${address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  } finally {
    forward.kill();
  }
}

const encoded = (parameters: Readonly<Record<string, string>>) => new URLSearchParams(parameters).toString();

/** A series of an instant query. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** Prometheus of a namespace. */
export const prometheusIn = (namespace: string) => {
  const api = <Data>(path: string) =>
    get<{ data: Data }>({ namespace, service: 'prometheus', port: 9090 }, `/api/v1${path}`).then(({ data }) => data);
  const query = (expr: string) =>
    api<{ result: readonly Sample[] }>(`/query?${encoded({ query: expr })}`).then(({ result }) => result);
  return {
    api,
    query,
    /** The value of a query with one result; null where it has none. */
    value: async (expr: string) => {
      const [sample] = await query(expr);
      return sample === undefined ? null : Number(sample.value[1]);
    },
    exemplars: (expr: string, since: number) =>
      api<readonly { exemplars: readonly { labels: Readonly<Record<string, string>> }[] }[]>(
        `/query_exemplars?${encoded({ query: expr, start: `${since / 1000}`, end: `${Date.now() / 1000 + 60}` })}`,
      ).then((series) => series.flatMap(({ exemplars }) => exemplars)),
  };
};

/** A span as Jaeger's API gives it. */
export interface StoredSpan {
  readonly traceID: string;
  readonly spanID: string;
  readonly operationName: string;
  readonly references: readonly { readonly refType: string; readonly spanID: string }[];
  readonly tags: readonly { readonly key: string; readonly value: unknown }[];
  readonly logs: readonly { readonly fields: readonly { readonly key: string; readonly value: unknown }[] }[];
  readonly processID: string;
}

/** A trace as Jaeger's API gives it. */
export interface StoredTrace {
  readonly traceID: string;
  readonly spans: readonly StoredSpan[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}

/** Jaeger of a namespace. */
export const jaegerIn = (namespace: string) => {
  const api = <Data>(path: string) => get<Data>({ namespace, service: 'jaeger', port: 16_686 }, `/api${path}`);
  return {
    api,
    /** A trace; null where there is none. */
    trace: (id: string) =>
      api<{ data: readonly StoredTrace[] }>(`/traces/${id}`).then(
        ({ data }) => data[0] ?? null,
        () => null,
      ),
    /** Those of some traces that are there, a hundred in a request. */
    stored: async (ids: readonly string[]) => {
      const found: string[] = [];
      for (let index = 0; index < ids.length; index += 100) {
        const some = ids.slice(index, index + 100).map((id) => ['traceID', id]);
        const { data } = await api<{ data: readonly StoredTrace[] }>(`/traces?${new URLSearchParams(some)}`);
        found.push(...data.map(({ traceID }) => traceID));
      }
      return found;
    },
    /** The newest traces of a service. */
    search: (service: string, limit: number) =>
      api<{ data: readonly StoredTrace[] }>(`/traces?${encoded({ service, limit: `${limit}`, lookback: '1h' })}`).then(
        ({ data }) => data,
      ),
  };
};
