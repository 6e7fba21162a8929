/** What the programs say of themselves. */

import type { Variables } from '../../config/variables';
import { PORTS } from '../../lib/endpoint';
import type { Expected } from '../expected';
import { type Forward, forwardsOf } from '../forward';
import { request } from '../http-request';
import type { Kubectl } from '../kubectl';
import type { Pod } from '../objects';
import { ofStack } from '../ownership';
import { reasonOf } from '../reason';
import { whileForwarded } from '../short-forward';
import { type Collected, collect, type Item } from './item';

/** A request to a program's HTTP API. */
interface Request {
  readonly file: string;
  readonly about: string;
  readonly path: string;
}

/** The Collector's own metrics, as Prometheus scraped them last. */
const OWN_METRICS = `/api/v1/query?${new URLSearchParams({ query: '{job="otel-collector-internal"}' })}`;

/** Requests by the title of the forwarded port. */
const REQUESTS: Readonly<Record<string, readonly Request[]>> = {
  Prometheus: [
    { file: 'targets.json', about: 'targets, with the error of each that is down', path: '/api/v1/targets' },
    { file: 'rules.json', about: 'rules, with their health and last error', path: '/api/v1/rules' },
    { file: 'alerts.json', about: 'alerts that are pending or firing', path: '/api/v1/alerts' },
    { file: 'tsdb.json', about: 'series, and what has most of them', path: '/api/v1/status/tsdb' },
    { file: 'runtime.json', about: 'start, retention, state of the configuration', path: '/api/v1/status/runtimeinfo' },
    { file: 'build.json', about: 'version', path: '/api/v1/status/buildinfo' },
    { file: 'flags.json', about: 'flags', path: '/api/v1/status/flags' },
    {
      file: 'collector-metrics.json',
      about: "the Collector's own metrics, as they were scraped last",
      path: OWN_METRICS,
    },
  ],
  Alertmanager: [
    { file: 'status.json', about: 'version, peers, configuration', path: '/api/v2/status' },
    { file: 'alerts.json', about: 'alerts that it received', path: '/api/v2/alerts' },
    { file: 'silences.json', about: 'silences', path: '/api/v2/silences' },
  ],
  Jaeger: [{ file: 'services.json', about: 'services that it has spans of', path: '/api/services' }],
  Grafana: [{ file: 'health.json', about: 'version, state of its database', path: '/api/health' }],
};

/** How long a program may take to answer. */
const SECONDS = 30;

type TextOf = Parameters<typeof collect>[1];

/** Asks the programs, one after the other. */
export async function askPrograms(
  kubectl: Kubectl,
  expected: Expected,
  variables: Variables,
  textOf: TextOf,
  signal: AbortSignal,
): Promise<Collected> {
  const forwards = forwardsOf(expected, variables);
  const all: Collected[] = [];
  for (const [title, requests] of Object.entries(REQUESTS)) {
    if (signal.aborted) break;
    // A component that is off has no Service.
    if (!expected.forwards.some((forward) => forward.title === title)) continue;
    const forward = forwards.find((one) => one.title === title);
    all.push(await ask(kubectl, expected.config.namespace, title, requests, forward, textOf, signal));
  }
  return { files: all.flatMap(({ files }) => files), missing: all.flatMap(({ missing }) => missing) };
}

async function ask(
  kubectl: Kubectl,
  namespace: string,
  title: string,
  requests: readonly Request[],
  forward: Forward | undefined,
  textOf: TextOf,
  signal: AbortSignal,
): Promise<Collected> {
  const pathOf = (file: string) => `${title.toLowerCase()}/${file}`;
  try {
    if (forward === undefined) throw new Error('it has no pods');
    const place = { namespace, service: forward.service, port: forward.remote };
    return await whileForwarded(kubectl, place, signal, (address) => {
      const items = requests.map(({ file, about, path }) => ({
        path: pathOf(file),
        about,
        read: () => answerOf(`http://${address}${path}`, signal),
      }));
      return collect(items, textOf, signal);
    });
  } catch (error) {
    const reason = reasonOf(error);
    return { files: [], missing: requests.map(({ file, about }) => ({ path: pathOf(file), about, reason })) };
  }
}

async function answerOf(url: string, signal: AbortSignal): Promise<unknown> {
  const { isOk, status, text } = await request(url, { signal, seconds: SECONDS });
  if (!isOk) throw new Error(`it answered ${status}: ${text.slice(0, 200)}`);
  return JSON.parse(text) as unknown;
}

/**
 * The Collector's own metrics from each of its pods, by way of the API server: they are served on the pod's address, which a forwarded port
 * does not reach. Where NetworkPolicies are enforced, they do not let the API server in, and those that Prometheus scraped remain.
 */
export async function collectorMetrics(kubectl: Kubectl, { config: { namespace } }: Expected): Promise<Item[]> {
  const pods = await kubectl.list<Pod>(
    'pods',
    '-n',
    namespace,
    '-l',
    `${ofStack(namespace)},app.kubernetes.io/component=collector`,
  );
  return pods.map(({ metadata: { name } }) => ({
    path: `collector/${name}.metrics.txt`,
    about: 'its own metrics, read through the API server',
    read: () => {
      const url = `/api/v1/namespaces/${namespace}/pods/${name}:${PORTS.internalMetrics.port}/proxy/metrics`;
      return kubectl.text(['get', '--raw', url, '--request-timeout=10s']);
    },
  }));
}
