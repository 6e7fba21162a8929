import { showPath, type Unplaced } from '../../config/problems';
import { namespaceOf } from '../../lib/outside';
import type { Settings } from '../settings';

/** Namespaces and services that must differ, and network rules for components that are disabled. */

type Check = (settings: Settings) => readonly Unplaced[];

interface Place {
  /** The field that names the namespace. */
  readonly path: string;
  readonly namespace: string;
}

/** Namespaces of monitored programs, with the field that sets each. */
const monitored = ({ janServer, vllm, gpu }: Settings): Place[] =>
  Object.entries({ janServer, vllm, gpu }).flatMap(([key, place]) =>
    place === null ? [] : [{ path: `${key}.namespace`, namespace: place.namespace }],
  );

/** Namespaces whose pods may connect. */
const clients = ({ network }: Settings): Place[] =>
  network.allowFrom.map(({ namespace }, index) => ({ path: `network.allowFrom[${index}].namespace`, namespace }));

/**
 * The namespaces that are rendered with a Pod Security level, and deleted with all their objects when their file is deleted. The stack's
 * namespace may contain other pods that comply with its level; node-exporter's may not.
 */
const renderedNamespaces = (settings: Settings) => [
  {
    path: 'namespace',
    namespace: settings.namespace,
    level: 'restricted',
    others: monitored(settings),
    fix: 'namespace: jan-monitoring',
  },
  {
    path: 'nodeExporter.namespace',
    namespace: settings.nodeExporter.namespace,
    level: 'privileged',
    others: [
      { path: 'namespace', namespace: settings.namespace },
      ...monitored(settings),
      ...clients(settings),
      ...servers(settings),
    ],
    fix: 'nodeExporter.namespace: jan-node-exporter',
  },
];

/** Namespaces of Kubernetes itself and of distributions (https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/). */
const SYSTEM = /^(default|(kube|openshift|gke-managed)-.*|openshift)$/;

const dedicatedNamespaces: Check = (settings) =>
  renderedNamespaces(settings).flatMap(({ path, namespace, level, others, fix }) => {
    const why = `: it is rendered with the ${level} Pod Security level, and deleted with what is in it`;
    const system = SYSTEM.test(namespace)
      ? ['neither default nor a name that starts with kube-, openshift- or gke-managed-']
      : [];
    const same = others
      .filter((other) => other.namespace === namespace)
      .map((other) => `another namespace than ${other.path}`);
    return [...system, ...same].map((allowed) => ({ path, value: namespace, allowed: allowed + why, fix }));
  });

/** A rule about a disabled component would have no effect. */
const rulesForEnabledComponents: Check = ({ network, alertmanager, kubeStateMetrics }) => {
  const isOff = (component: string) =>
    Object.entries({ alertmanager, kubeStateMetrics }).some(([key, { enabled }]) => key === component && !enabled);
  return [
    ...network.allowFrom.map(({ to }, index) => ({ path: `network.allowFrom[${index}].to`, value: to })),
    ...network.egress.map(({ from }, index) => ({ path: `network.egress[${index}].from`, value: from })),
  ]
    .filter(({ value }) => isOff(value))
    .map((place) => ({
      ...place,
      allowed: 'a component that is enabled',
      fix: `${place.value}.enabled: true, or remove the rule`,
    }));
};

const janServicesOnce: Check = ({ janServer }) => {
  const names = (janServer?.services ?? []).map(({ name, port }) => `${name}:${port}`);
  const duplicates = names.filter((name, index) => names.indexOf(name) !== index);
  return duplicates.map((name) => ({
    path: 'janServer.services',
    value: name,
    allowed: 'each pair of name and port once',
    fix: `remove one ${name}`,
  }));
};

/** Namespaces of the Services of this cluster that occur in a URL or host name of the settings. */
function servers(settings: Settings): Place[] {
  const walk = (value: unknown, path: readonly PropertyKey[]): Place[] => {
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).flatMap(([key, entry]) =>
        walk(entry, [...path, Array.isArray(value) ? Number(key) : key]),
      );
    const [host = ''] = typeof value === 'string' ? (/[-a-z0-9.]+\.svc\b[-a-z0-9.]*/.exec(value) ?? []) : [];
    const namespace = namespaceOf(host, settings.cluster.domain);
    return namespace === undefined ? [] : [{ path: showPath(path), namespace }];
  };
  return walk(settings, []);
}

/** All problems with namespaces, services and network rules. */
export const placeProblems: Check = (settings) =>
  [dedicatedNamespaces, janServicesOnce, rulesForEnabledComponents].flatMap((check) => check(settings));
