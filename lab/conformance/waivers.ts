/** Accepted findings of kube-score and checkov, each with its reason. Any other finding is a failure. */
export interface Waiver {
  readonly judge: 'kube-score' | 'checkov';
  /** The check's identifier. */
  readonly check: string;
  /** The text of the finding, for checks with several findings; undefined: any. */
  readonly finding?: RegExp;
  /** Kinds and names of the objects; undefined: all. */
  readonly objects?: RegExp;
  readonly reason: string;
}

const CPU =
  'a CPU limit throttles a program during a burst even if the node has idle CPU; memory, which cannot be reclaimed, is limited';
const PULL =
  'tags are fixed versions, and a restart must not depend on a registry; images.<component>.digest pins the bytes';
const PROBES =
  'the programs have one health endpoint; the liveness probe runs less often and fails after four times as long';
const USER = "Grafana's image runs as 472 by default, and its files belong to that user";
const SINGLE =
  'a single replica on a ReadWriteOnce claim uses Recreate, because two pods cannot mount it; environments/production.yaml has two replicas';
const SPREAD =
  'topologySpreadConstraints, which kube-score does not check, spread replicas over nodes and zones; a single replica needs none';

const HOST =
  'node-exporter measures the node, so it uses the host network and the host PID namespace, in its own Namespace; NetworkPolicies do not apply to such a pod';

/** The list. */
export const WAIVERS: readonly Waiver[] = [
  { judge: 'kube-score', check: 'container-resources', finding: /^CPU limit/, reason: CPU },
  { judge: 'checkov', check: 'CKV_K8S_11', reason: CPU },
  { judge: 'kube-score', check: 'container-image-pull-policy', reason: PULL },
  { judge: 'checkov', check: 'CKV_K8S_15', reason: PULL },
  {
    judge: 'checkov',
    check: 'CKV_K8S_43',
    reason: 'the table of images has no digests; images.<component>.digest pins one',
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
  { judge: 'kube-score', check: 'pod-networkpolicy', objects: /\/node-exporter$/, reason: HOST },
  { judge: 'checkov', check: 'CKV_K8S_17', objects: /\/node-exporter$/, reason: HOST },
  { judge: 'checkov', check: 'CKV_K8S_19', objects: /\/node-exporter$/, reason: HOST },
];
