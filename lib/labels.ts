/** Kubernetes' recommended labels (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/). */

/** Value of `app.kubernetes.io/part-of` on everything that this project renders: verbs and policies select by it. */
export const PART_OF = 'cdk8s-observability';

/** The identity of a set of objects, for their labels. */
export interface Identity {
  /** The program, as `jaeger`. */
  readonly name: string;
  /** Its role in the stack, as `tracing`. */
  readonly component: string;
  /** The installation: the stack's namespace, which differs between two stacks. */
  readonly instance: string;
}

/** Labels that select a workload's pods. They do not contain the version, because a selector is immutable. */
export const selectorLabels = (identity: Identity): Record<string, string> => ({
  'app.kubernetes.io/component': identity.component,
  'app.kubernetes.io/instance': identity.instance,
  'app.kubernetes.io/name': identity.name,
});

/** Labels of every object. */
export const objectLabels = (instance: string): Record<string, string> => ({
  'app.kubernetes.io/instance': instance,
  'app.kubernetes.io/managed-by': 'cdk8s',
  'app.kubernetes.io/part-of': PART_OF,
});

/** Labels of a workload's pods: those that select them, those of every object, and the version. */
export const podLabels = (identity: Identity, version: string): Record<string, string> => ({
  ...objectLabels(identity.instance),
  ...selectorLabels(identity),
  'app.kubernetes.io/version': version,
});

/** The label that the StatefulSet controller sets on its first, second, … pod. */
export const podOfStatefulSet = (name: string, index: number): Record<string, string> => ({
  'statefulset.kubernetes.io/pod-name': `${name}-${index}`,
});

/** Labels as a label selector that `kubectl -l` and Prometheus' discovery take: `app=shop,tier=web`. */
export const labelSelector = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
