/** The ends of connections, and connections. */

/** A component of the stack: the pods of one workload. */
export interface ComponentParty {
  readonly kind: 'component';
  /** Name of its workload and Service. */
  readonly name: string;
  /** Labels that select its pods. */
  readonly podLabels: Readonly<Record<string, string>>;
}

/** Pods of another namespace. */
export interface PodsParty {
  readonly kind: 'pods';
  /** Name in the diagram. */
  readonly name: string;
  readonly namespace: string;
  /** Labels of the pods; empty: all pods of the namespace. */
  readonly podLabels: Readonly<Record<string, string>>;
}

/** The API server. Some network plugins select it as an entity, the others by its address. */
export interface ApiServerParty {
  readonly kind: 'apiServer';
  /** Name in the diagram. */
  readonly name: string;
  /** Address range; null: any address but the metadata ones. */
  readonly cidr: string | null;
}

/** The nodes themselves: their kubelets, and programs in the host network. Some network plugins select them as an entity. */
export interface NodesParty {
  readonly kind: 'nodes';
  /** Name in the diagram. */
  readonly name: string;
  /** Address range; null: any address but the metadata ones. */
  readonly cidr: string | null;
}

/** Addresses outside the pod network: a host on the internet. */
export interface NetworkParty {
  readonly kind: 'network';
  /** Name in the diagram; for a host, its host name. */
  readonly name: string;
  /** Address range; null: any address but the metadata ones. */
  readonly cidr: string | null;
}

/** Users who forward a port with kubectl, which connects to localhost inside the pod, so no policy applies. */
export interface OperatorParty {
  readonly kind: 'operator';
  readonly name: string;
}

/** The kubelet of the pod's own node, for probes: NetworkPolicies always let a pod's own node through. */
export interface NodeParty {
  readonly kind: 'node';
  readonly name: string;
}

/** One end of an edge. */
export type Party = ComponentParty | PodsParty | ApiServerParty | NodesParty | NetworkParty | OperatorParty | NodeParty;

/** A connection that is needed, and therefore allowed: without it, an address in some configuration would be blocked. */
export interface Edge {
  readonly client: Party;
  readonly server: Party;
  /** Port of the server's pods. */
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  /** Its purpose, in a few words: the text on the arrow. */
  readonly purpose: string;
}

/** kubectl port-forward. */
export const OPERATOR: OperatorParty = { kind: 'operator', name: 'you, by kubectl port-forward' };
/** The kubelet's probes. */
export const KUBELET: NodeParty = { kind: 'node', name: 'kubelet' };

/** The API server, and the ports at which pods reach it. */
export interface ApiServer {
  readonly party: ApiServerParty;
  /** Before and after the Service address is translated. */
  readonly ports: readonly number[];
}

/** The graph that connections are recorded in. */
export interface Graph {
  /** The cluster's DNS domain, which names of its Services may end in. */
  readonly clusterDomain: string;
  /** Records that a client connects to a server. */
  connect(edge: Edge): void;
}
