/** Findings of kube-score and checkov that we know and keep, each with its reason. Anything else that they find is a failure. */
export interface Waiver {
  readonly judge: 'kube-score' | 'checkov';
  /** The check's identifier. */
  readonly check: string;
  /** What the check says, where it looks at several things; absent: anything. */
  readonly finding?: RegExp;
  /** Kinds and names that it is kept for; absent: all. */
  readonly objects?: RegExp;
  readonly reason: string;
}

const CPU =
  'a CPU limit throttles a program in the middle of a burst although the node has time to spare; memory, which cannot be taken back, is limited';
const PULL =
  'tags are fixed versions, and a restart must not depend on a registry; images.<component>.digest pins the bytes';
const PROBES =
  'the programs have one health endpoint; liveness asks more seldom and waits four times as long before it gives up';
const USER = "Grafana's image runs as 472 by default, and its files belong to that user";
const SINGLE =
  'one replica on a ReadWriteOnce claim is replaced, not rolled: two pods cannot have it; environments/production.yaml has two';
const SPREAD =
  'replicas are spread by topologySpreadConstraints over nodes and zones, which kube-score does not look at; one replica has nothing to be spread from';

const OF_NODE =
  'node-exporter measures the node: it is in its network and among its processes, in a namespace of its own; no NetworkPolicy is about such a pod';

/** The list; a finding that nobody waives is a failure. */
export const WAIVERS: readonly Waiver[] = [
  { judge: 'kube-score', check: 'container-resources', finding: /^CPU limit/, reason: CPU },
  { judge: 'checkov', check: 'CKV_K8S_11', reason: CPU },
  { judge: 'kube-score', check: 'container-image-pull-policy', reason: PULL },
  { judge: 'checkov', check: 'CKV_K8S_15', reason: PULL },
  {
    judge: 'checkov',
    check: 'CKV_K8S_43',
    reason: 'no digest could be looked up for the table of images; images.<component>.digest pins one',
  },
  { judge: 'kube-score', check: 'pod-probes-identical', reason: PROBES },
  { judge: 'kube-score', check: 'container-security-context-user-group-id', objects: /\/grafana$/, reason: USER },
  { judge: 'checkov', check: 'CKV_K8S_40', objects: /\/grafana$/, reason: USER },
  { judge: 'kube-score', check: 'deployment-replicas', reason: SINGLE },
  { judge: 'kube-score', check: 'deployment-strategy', reason: SINGLE },
  { judge: 'kube-score', check: 'deployment-has-host-podantiaffinity', reason: SPREAD },
  { judge: 'kube-score', check: 'statefulset-has-host-podantiaffinity', reason: SPREAD },
  {
    judge: 'checkov',
    check: 'CKV_K8S_35',
    objects: /\/jaeger-index-cleaner$/,
    reason: 'jaeger-es-index-cleaner reads its password from the environment only',
  },
  { judge: 'kube-score', check: 'pod-networkpolicy', objects: /\/node-exporter$/, reason: OF_NODE },
  { judge: 'checkov', check: 'CKV_K8S_17', objects: /\/node-exporter$/, reason: OF_NODE },
  { judge: 'checkov', check: 'CKV_K8S_19', objects: /\/node-exporter$/, reason: OF_NODE },
];
