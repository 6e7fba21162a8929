/** The stack of the fault steps: namespaces and what they need of it. */
import { seriesOf, sumOf } from '../../../lab/series';
import { kubectl, until } from '../../cluster/cluster';
import { askNow, jaegerIn, metricOf } from '../apis';
import { resultOf, startPod } from '../pods';
import { list } from '../stack';

/** Its namespaces. */
export const FAULTS = 'e2e-faults';
export const FAULTS_JAN = 'e2e-faults-jan';

/** The scheduler reserves little, so that it fits beside other stacks; no limit depends on it. */
const resources = { cpu: '10m' } as const;

/** Keys over development: a queue that is full soon. */
export const SETTINGS = {
  namespace: FAULTS,
  janServer: { namespace: FAULTS_JAN },
  collector: { queue: { size: '16Mi', storage: '1Gi' }, resources },
  jaeger: { resources },
  prometheus: { resources },
  alertmanager: { resources },
  kubeStateMetrics: { resources },
  // The shortest time that an alert may wait.
  alerts: { rules: { PrometheusReloadFailed: { for: '1m' } } },
} as const;

/** kubectl in the stack's namespace. */
export const inFaults = (...args: readonly string[]): string => kubectl(['-n', FAULTS, ...args]);

const selectorOf = (name: string) => ['-l', `app.kubernetes.io/name=${name}`];

/** Kills the pods of a program, by its name label: no time to end, and the node does not wait. */
export const kill = (name: string): string =>
  inFaults('delete', 'pod', ...selectorOf(name), '--force', '--grace-period=0', '--wait=false');

/** Sets how many pods a Deployment has. */
export const scale = (name: string, replicas: number): string =>
  inFaults('scale', `deployment/${name}`, `--replicas=${replicas}`);

interface Pod {
  readonly metadata: { readonly deletionTimestamp?: string };
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

const isReady = ({ metadata, status }: Pod) =>
  metadata.deletionTimestamp === undefined &&
  (status.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True');

const podsOf = (name: string) => list<Pod>(FAULTS, 'pods', ...selectorOf(name));

/** Waits until a program has no pod. */
export const gone = (name: string): Promise<void> => until(() => podsOf(name).length === 0, `${name} to be gone`);

/** Waits until a program has one pod, which is ready. */
export const back = (name: string): Promise<void> =>
  until(() => podsOf(name).filter(isReady).length === 1, `${name} to be ready`, 180);

/** Spans that Jaeger has received since its pod started; 0 while it does not answer. */
export async function received(): Promise<number> {
  const text = await askNow({ namespace: FAULTS, service: 'jaeger', port: 8888 }, '/metrics').catch(() => '');
  return sumOf(seriesOf(text), 'otelcol_receiver_accepted_spans_total');
}

/** What a load has printed. */
export interface Load {
  readonly ended: number;
  readonly refused: number;
  readonly acknowledged: readonly string[];
}

/** Starts a service that is traced by a real SDK. @returns what it has sent, once it has ended */
export function startLoad(name: string, env: Readonly<Record<string, string>>): Promise<Load> {
  const pod = { name: `faults-${name}`, namespace: FAULTS_JAN };
  const ENDPOINT = `http://otel-collector.${FAULTS}:4318`;
  startPod({ ...pod, program: 'load', env: { ENDPOINT, RUN: name, ...env } });
  const result = resultOf<Load>(pod, 300);
  // It is awaited later.
  result.catch(() => undefined);
  return result;
}

/** Waits for the first spans of a load in Jaeger. */
export const arrived = (name: string): Promise<void> =>
  until(async () => (await jaegerIn(FAULTS).search(name, 10)).length > 0, `the first spans of ${name} in Jaeger`);

/** Waits until all acknowledged spans of a load are stored, or no longer. @returns how many are */
export async function stored({ acknowledged }: Load): Promise<number> {
  let found = 0;
  const all = async () => {
    found = (await jaegerIn(FAULTS).stored(acknowledged)).length;
    return found === acknowledged.length;
  };
  await until(all, 'every acknowledged span to be stored').catch(() => undefined);
  return found;
}

/** A sum of the Collector's own metrics. */
export const ofCollector = (name: string): Promise<number> =>
  metricOf({ namespace: FAULTS, service: 'otel-collector', port: 8888 }, name);
