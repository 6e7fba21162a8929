/** The kinds of workloads as one: each has metrics of its own, with its kind as the label that names it. */
import { ofNamespace } from './workloads-scope';

/** What is known of each kind of workload. */
interface Kind {
  readonly kind: string;
  /** The label with its name. */
  readonly label: string;
  readonly wanted: string;
  /** Ready pods that have been so for `minReadySeconds`. */
  readonly available: string;
  readonly all: string;
  /** Pods of the newest template. */
  readonly updated: string;
}

/** Names of kube-state-metrics (docs/metrics/workload). */
const DEPLOYMENT: Kind = {
  kind: 'Deployment',
  label: 'deployment',
  wanted: 'kube_deployment_spec_replicas',
  available: 'kube_deployment_status_replicas_available',
  all: 'kube_deployment_status_replicas',
  updated: 'kube_deployment_status_replicas_updated',
};

const KINDS: readonly Kind[] = [
  DEPLOYMENT,
  {
    kind: 'StatefulSet',
    label: 'statefulset',
    wanted: 'kube_statefulset_replicas',
    available: 'kube_statefulset_status_replicas_available',
    all: 'kube_statefulset_status_replicas',
    updated: 'kube_statefulset_status_replicas_updated',
  },
  {
    kind: 'DaemonSet',
    label: 'daemonset',
    wanted: 'kube_daemonset_status_desired_number_scheduled',
    available: 'kube_daemonset_status_number_available',
    all: 'kube_daemonset_status_current_number_scheduled',
    updated: 'kube_daemonset_status_updated_number_scheduled',
  },
];

const BY = 'namespace, kind, workload';

/** A value of each workload of a kind, with the labels namespace, kind and workload. */
function named({ kind, label }: Kind, value: string): string {
  const workload = `label_join(${value}, "workload", "", "${label}")`;
  return `label_replace(${workload}, "kind", "${kind}", "", "")`;
}

const perWorkload = ({ label }: Kind, metric: string, ...matchers: readonly string[]) =>
  `max by (namespace, ${label}) (${ofNamespace(metric, ...matchers)})`;

/** A value of each workload, of all kinds. */
const ofEach = (value: (kind: Kind) => string) =>
  `max by (${BY}) (${KINDS.map((kind) => named(kind, value(kind))).join(' or ')})`;

/** Pods that each workload wants. */
export const WANTED = ofEach((kind) => perWorkload(kind, kind.wanted));
/** Pods that each workload has ready. */
export const AVAILABLE = ofEach((kind) => perWorkload(kind, kind.available));
/** During a rollout there may be more than are wanted. */
const lacking = (kind: Kind) =>
  `clamp_min(${perWorkload(kind, kind.wanted)} - ${perWorkload(kind, kind.available)}, 0)`;
/** Pods that each workload lacks. */
export const LACKING = ofEach(lacking);
/** Pods that all workloads lack. */
export const MISSING = `sum(${KINDS.map(lacking).join(' or ')})`;
/** Pods of an older template: a rollout is under way, or is stuck. */
export const OLD = ofEach(
  (kind) => `clamp_min(${perWorkload(kind, kind.all)} - ${perWorkload(kind, kind.updated)}, 0)`,
);
/** Whether a rollout has made no progress within its deadline. Only Deployments have one. */
export const STUCK = `max by (${BY}) (${named(
  DEPLOYMENT,
  perWorkload(DEPLOYMENT, 'kube_deployment_status_condition', 'condition="Progressing"', 'status="false"'),
)})`;
