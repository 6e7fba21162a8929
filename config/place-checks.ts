/** Namespaces and services that must not be one and the same, and network rules for what is not there. */
import type { Unplaced } from './problems';
import type { Settings } from './schema';

type Check = (settings: Settings) => readonly Unplaced[];

/** Namespaces that hold what the stack's own must not: pods of others, or of a level that it forbids. */
const namespacesDiffer: Check = ({ namespace, janServer, vllm, gpu, nodeExporter }) =>
  Object.entries({ janServer, vllm, gpu, nodeExporter })
    .filter(([, place]) => place?.namespace === namespace)
    .map(([key]) => ({
      path: 'namespace',
      value: namespace,
      allowed: `a namespace of the stack's own, which is not that of ${key}: it enforces the restricted Pod Security level and denies traffic by default`,
      fix: 'namespace: jan-monitoring',
    }));

const namespaceIsNotSystem: Check = ({ namespace }) =>
  namespace === 'default' || namespace.startsWith('kube-')
    ? [
        {
          path: 'namespace',
          value: namespace,
          allowed: 'neither default nor a name that starts with kube-',
          fix: 'namespace: jan-monitoring',
        },
      ]
    : [];

/** A rule about a component that is not there would do nothing. */
const rulesForWhatIsOn: Check = ({ network, alertmanager, kubeStateMetrics }) => {
  const isOff = (component: string) =>
    Object.entries({ alertmanager, kubeStateMetrics }).some(([key, { enabled }]) => key === component && !enabled);
  return [
    ...network.allowFrom.map(({ to }, index) => ({ path: `network.allowFrom[${index}].to`, value: to })),
    ...network.egress.map(({ from }, index) => ({ path: `network.egress[${index}].from`, value: from })),
  ]
    .filter(({ value }) => isOff(value))
    .map((place) => ({
      ...place,
      allowed: 'a component that is on',
      fix: `${place.value}.enabled: true, or remove the rule`,
    }));
};

const janServicesOnce: Check = ({ janServer }) => {
  const names = (janServer?.services ?? []).map(({ name, port }) => `${name}:${port}`);
  const doubled = names.filter((name, index) => names.indexOf(name) !== index);
  return doubled.map((name) => ({
    path: 'janServer.services',
    value: name,
    allowed: 'each pair of name and port once',
    fix: `remove one ${name}`,
  }));
};

/** Everything about where things are that does not fit together. */
export const placeProblems: Check = (settings) =>
  [namespaceIsNotSystem, namespacesDiffer, janServicesOnce, rulesForWhatIsOn].flatMap((check) => check(settings));
