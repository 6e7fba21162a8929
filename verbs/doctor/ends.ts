/** The ends of connections, as NetworkPolicies see them. */
import type { Pod } from '../objects';
import type { Labels } from './selectors';

/** One end of a connection. */
export interface End {
  /** For a message, such as `Deployment/llm-api`. */
  readonly name: string;
  /** Empty: an address that no pod has, which selectors do not select. */
  readonly namespace: string;
  readonly labels: Labels;
  /** Labels of its namespace; null: they could not be read. */
  readonly namespaceLabels: Labels | null;
  /** null: it is not known. */
  readonly ip: string | null;
  /** Names of its container ports. */
  readonly portNames: Readonly<Record<string, number>>;
  /** Whether it is in the network of its node: no policy applies to it, and it has the address of the node. */
  readonly isOnHost: boolean;
  /** Whether it was read; if not, it may have other labels and ports besides. */
  readonly isKnown: boolean;
}

/** An address that is no pod's. */
export const addressEnd = (name: string, ip: string): End => ({
  name,
  ip,
  namespace: '',
  labels: {},
  namespaceLabels: {},
  portNames: {},
  isOnHost: true,
  isKnown: true,
});

/** A connection to a port of the server. */
export interface Connection {
  readonly client: End;
  readonly server: End;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** A pod as the end of a connection. */
export const podEnd = (name: string, namespace: string, pod: Pod, namespaceLabels: End['namespaceLabels']): End => ({
  name,
  namespace,
  namespaceLabels,
  labels: pod.metadata.labels ?? {},
  ip: pod.status?.podIP ?? null,
  portNames: Object.fromEntries(portsOf(pod).map(({ name: port = '', containerPort }) => [port, containerPort])),
  isOnHost: pod.spec.hostNetwork ?? false,
  isKnown: true,
});

/** The ports of all its containers. */
export const portsOf = ({ spec: { containers, initContainers = [] } }: Pod) =>
  [...containers, ...initContainers].flatMap(({ ports = [] }) => ports);

/** A server of DNS. */
export interface NameServer {
  readonly end: End;
  /** The port of the pod, which is what a policy matches. */
  readonly port: number;
}
