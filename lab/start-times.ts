/**
 * How long each workload took from `kubectl apply` until it was ready, and where that time went: read from what the API server says of
 * its pods. Kubernetes writes these times in whole seconds, so a figure may be one second too large or too small.
 */
import { table } from '../lib/markdown';

/**
 * What happens one after the other: the pod is created; a node is found; init containers run; the pod's volumes, network, images and
 * containers are made; the program starts and answers its probes. Volumes and network come before init containers, if there are any.
 *
 * The condition PodReadyToStartContainers would part the fourth in two, but the kubelet may write it after the containers' start.
 */
const PHASES = ['create', 'schedule', 'init', 'containers', 'probes'] as const;
type Phase = (typeof PHASES)[number];

const WORDS: Readonly<Record<Phase, string>> = {
  create: 'until the pod is created',
  schedule: 'until it has a node',
  init: 'init containers',
  containers: 'volumes, network, images, containers',
  probes: 'program, until its probes succeed',
};

interface ContainerTimes {
  readonly restartCount: number;
  readonly state?: { readonly running?: { readonly startedAt?: string } };
}

/** A pod as the API server returns it, with the fields that are read here. */
export interface PodTimes {
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly status: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly lastTransitionTime: string;
    }[];
    readonly containerStatuses?: readonly ContainerTimes[];
  };
}

/** The start of one workload, in seconds: that of the pod which was ready last. */
export interface Start {
  readonly workload: string;
  readonly seconds: number;
  /** They add up to `seconds`. */
  readonly phases: Readonly<Record<Phase, number>>;
  /** Restarts of its containers. The time before the last one counts as `containers`. */
  readonly restarts: number;
}

/**
 * The starts of all workloads, the slowest first. Pods of Jobs end and are never ready; pods that are being deleted are of another start.
 * @param applied when the apply began, by the API server's clock
 * @throws Error if a pod is not ready
 */
export function startsOf(pods: readonly PodTimes[], applied: string): readonly Start[] {
  const slowest = new Map<string, Start>();
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp !== undefined || ownerOf(pod).kind === 'Job') continue;
    const start = startOf(pod, applied);
    if (start.seconds > (slowest.get(start.workload)?.seconds ?? -1)) slowest.set(start.workload, start);
  }
  return [...slowest.values()].sort(
    (one, other) => other.seconds - one.seconds || one.workload.localeCompare(other.workload, 'en'),
  );
}

function startOf(pod: PodTimes, applied: string): Start {
  const containers = pod.status.containerStatuses ?? [];
  const ends: Readonly<Record<Phase, string>> = {
    create: pod.metadata.creationTimestamp,
    schedule: conditionOf(pod, 'PodScheduled'),
    init: conditionOf(pod, 'Initialized'),
    containers: containers.map(({ state }) => state?.running?.startedAt ?? '').reduce(later, ''),
    probes: conditionOf(pod, 'Ready'),
  };
  const phases: Record<Phase, number> = { create: 0, schedule: 0, init: 0, containers: 0, probes: 0 };
  let reached = applied;
  for (const phase of PHASES) {
    // Different programs write the times, so one may be before that of an earlier step.
    const end = later(reached, ends[phase]);
    phases[phase] = (Date.parse(end) - Date.parse(reached)) / 1000;
    reached = end;
  }
  return {
    workload: workloadOf(pod),
    seconds: (Date.parse(reached) - Date.parse(applied)) / 1000,
    phases,
    restarts: containers.reduce((sum, { restartCount }) => sum + restartCount, 0),
  };
}

/** Times in RFC 3339 with whole seconds in UTC sort as text. */
const later = (one: string, other: string): string => (other > one ? other : one);

function conditionOf({ metadata, status }: PodTimes, type: string): string {
  const found = status.conditions?.find((condition) => condition.type === type);
  if (found?.status !== 'True') throw new Error(`pod ${metadata.name} is not ${type}`);
  return found.lastTransitionTime;
}

const ownerOf = ({ metadata }: PodTimes) => metadata.ownerReferences?.[0] ?? { kind: 'Pod', name: metadata.name };

/** The Deployment's name, which its ReplicaSet has with a hash; otherwise the owner's. */
function workloadOf(pod: PodTimes): string {
  const { kind, name } = ownerOf(pod);
  const hash = pod.metadata.labels?.['pod-template-hash'];
  return kind === 'ReplicaSet' && hash !== undefined ? name.replace(new RegExp(`-${hash}$`), '') : name;
}

/** The table, and a sentence about the slowest. @throws Error if there are no starts */
export function startText(starts: readonly Start[]): string {
  const [slowest] = starts;
  if (slowest === undefined) throw new Error('no workload has started');
  const rows = starts.map(({ workload, seconds, phases, restarts }) =>
    [workload, seconds, ...PHASES.map((phase) => phases[phase]), restarts].map(String),
  );
  const head = ['workload', 'apply to ready, s', ...PHASES.map((phase) => WORDS[phase]), 'restarts'];
  const parts = PHASES.filter((phase) => slowest.phases[phase] > 0)
    .sort((one, other) => slowest.phases[other] - slowest.phases[one])
    .map((phase) => `${slowest.phases[phase]} s ${WORDS[phase]}`);
  return `${table(head, rows)}\nslowest: ${slowest.workload}, ${slowest.seconds} s: ${parts.join(', ')}\n`;
}
