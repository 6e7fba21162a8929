/** Objects that differ from what is rendered, and pods that are not ours. */
import { type AnyCause, type At, type Cause, entryOf } from '../cause';

const restore = ({ commands }: At) => `${commands.make('monitor-up')} restores what is rendered`;

export const OBJECT_MISSING: Cause<null> = {
  id: 'object-missing',
  section: 'drift',
  title: 'An object does not exist',
  meaning: 'A ConfigMap, Service, NetworkPolicy or another object was deleted, or never applied.',
  found: 'The objects in the namespace are compared with those that are rendered.',
  says: () => 'it does not exist',
  next: restore,
  example: (at) => ({ part: `ConfigMap/${at.places.rules.configMap}`, details: null }),
};

/** What differs. */
interface Changed {
  readonly kind: string;
  readonly name: string;
  /** Names of files, or paths of fields. */
  readonly fields: readonly string[];
}

export const CONFIG_CHANGED: Cause<Changed> = {
  id: 'config-changed',
  section: 'drift',
  title: 'A ConfigMap differs from what is rendered',
  meaning:
    'It was edited by hand, or the environment file was changed and not applied. The programs run with what is in the cluster, and the next apply reverts it. A program that cannot load it exits, or keeps its old configuration.',
  found:
    'The files in the ConfigMap are compared with those that are rendered; what `monitor-dev` applies is accepted.',
  says: ({ fields }) => `it differs from what is rendered: ${fields.join(', ')}`,
  next: (at, { name }) =>
    `look at it: ${at.commands.kubectl(`-n ${at.places.namespace} get configmap ${name} -o yaml`)}; ${restore(at)}; to keep the change, put it under patches in environments/${at.places.environment}.yaml`,
  example: (at) => ({
    part: `ConfigMap/${at.places.rules.configMap}`,
    details: { kind: 'ConfigMap', name: at.places.rules.configMap, fields: [at.places.rules.file] },
  }),
};

export const POLICY_CHANGED: Cause<Changed> = {
  id: 'network-policy-changed',
  section: 'drift',
  title: 'A NetworkPolicy differs from what is rendered',
  meaning: 'It was edited by hand. A connection that the stack needs may be cut, or one that it does not need is open.',
  found: 'The fields of the policy are compared with those that are rendered.',
  says: ({ fields }) => `it differs from what is rendered: ${fields.join(', ')}`,
  next: restore,
  example: (at) => ({
    part: `NetworkPolicy/${at.places.prometheus.service}`,
    details: { kind: 'NetworkPolicy', name: at.places.prometheus.service, fields: ['spec.ingress'] },
  }),
};

export const SERVICE_CHANGED: Cause<Changed> = {
  id: 'service-changed',
  section: 'drift',
  title: 'A Service selects other pods or ports than rendered',
  meaning:
    'Its selector or its ports were edited. It has no endpoints, so that its clients get "connection refused" or time out.',
  found: 'The selector and the ports of the Service are compared with those that are rendered.',
  says: ({ fields }) => `it differs from what is rendered, so that it does not lead to its pods: ${fields.join(', ')}`,
  next: restore,
  example: (at) => ({
    part: `Service/${at.places.jaegerReader.service}`,
    details: { kind: 'Service', name: at.places.jaegerReader.service, fields: ['spec.selector'] },
  }),
};

/** Pods. */
interface Pods {
  readonly names: readonly string[];
}
const named = ({ names }: Pods) =>
  `${names.slice(0, 5).join(', ')}${names.length > 5 ? `, and ${names.length - 5} more` : ''}`;

export const FOREIGN_PODS: Cause<Pods> = {
  id: 'foreign-pods',
  section: 'drift',
  title: 'Pods of other applications are in the namespace',
  meaning:
    'The namespace enforces the restricted Pod Security level, which may reject them after a restart. Its quota and its deletion concern them too.',
  found: 'Pods in the namespace that do not have the label of the stack.',
  says: (pods) => `the namespace has pods of other applications: ${named(pods)}`,
  next: () => 'move them to another namespace, or set another namespace for the stack in the environment file',
  example: (at) => ({ part: `Namespace/${at.places.namespace}`, details: { names: ['shell-5d'] } }),
};

export const SECOND_STACK: Cause<Pods> = {
  id: 'second-stack',
  section: 'drift',
  title: 'Workloads of another stack are in the namespace',
  meaning:
    'Another environment with the same namespace was applied, or a component was disabled and its workload was not removed. Two stacks in one namespace share Services and claims.',
  found: 'Workloads with the label of the stack that this environment does not render.',
  says: (pods) => `workloads that this environment does not render: ${named(pods)}`,
  next: ({ commands, places: { environment } }) =>
    `give each environment a namespace of its own; ${commands.make('monitor-up')} removes what ${environment} does not render`,
  example: (at) => ({ part: `Namespace/${at.places.namespace}`, details: { names: ['Deployment/jaeger-collector'] } }),
};

export const OBJECT_CAUSES: readonly AnyCause[] = [
  entryOf(OBJECT_MISSING),
  ...[CONFIG_CHANGED, SERVICE_CHANGED, POLICY_CHANGED].map(entryOf),
  ...[FOREIGN_PODS, SECOND_STACK].map(entryOf),
];
