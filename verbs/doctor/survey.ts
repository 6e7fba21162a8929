/** Everything that a diagnosis reads, once. */
import type { Meta, Pod } from '../objects';
import type { State } from '../state';
import type { NameServer } from './ends';
import type { NetworkPolicy } from './policies';
import type { SenderWorkload } from './senders/workload';
import type { Series } from './series';

/** A StorageClass. */
export interface StorageClass extends Meta {
  readonly provisioner?: string;
  readonly allowVolumeExpansion?: boolean;
}

/** An object of a kind that we render, as the API server has it. */
export interface LiveObject extends Meta {
  readonly kind: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: unknown;
}

/** A Service of any namespace. */
export interface Service extends Meta {
  readonly spec?: {
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly { readonly port: number; readonly targetPort?: number | string }[];
    readonly clusterIPs?: readonly string[];
  };
}

/** The clock of a node, when its kubelet last renewed its lease. */
export interface Lease extends Meta {
  readonly spec?: { readonly renewTime?: string };
  readonly metadata: Meta['metadata'] & { readonly managedFields?: readonly { readonly time?: string }[] };
}

/** A namespace that is not the stack's, with what matters there. */
export interface Neighbour {
  readonly name: string;
  /** null: it could not be read. */
  readonly labels: Readonly<Record<string, string>> | null;
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  /** Names of its Roles and RoleBindings, as `Role/name`. */
  readonly rights: ReadonlySet<string> | null;
}

/** Something that could not be read because the permission is missing. */
export interface Refused {
  /** What it is, as the resource is called in RBAC. */
  readonly resource: string;
  readonly namespace: string | null;
  /** What is not checked because of it. */
  readonly unchecked: string;
}

/** The state of the stack, and of what it depends on. */
export interface Survey extends State {
  /** null: not needed, since every claim is bound, or it could not be read. */
  readonly classes: readonly StorageClass[] | null;
  /** Objects of the kinds that we render, in the stack's namespace; null: they could not be read. */
  readonly objects: readonly LiveObject[] | null;
  /** Pods in the stack's namespace that are not ours. */
  readonly foreignPods: readonly Pod[];
  /** The last log lines of a container, by `pod/container`. */
  readonly logs: ReadonlyMap<string, string>;
  /** What Prometheus has; null: it could not be asked. */
  readonly series: Series | null;
  /** Workloads with OpenTelemetry variables, in all namespaces but the stack's. */
  readonly senders: readonly SenderWorkload[];
  /** The namespaces of senders, and those in which the stack looks for targets, by name. A missing one does not exist. */
  readonly neighbours: ReadonlyMap<string, Neighbour>;
  /** Every Service of the cluster, as `namespace/name`; null: they could not be read. */
  readonly services: ReadonlySet<string> | null;
  /** All NetworkPolicies of those namespaces and the stack's. */
  readonly policies: readonly NetworkPolicy[];
  /** Labels of the stack's namespace; null: they could not be read. */
  readonly labels: Readonly<Record<string, string>> | null;
  /** null: not needed, or they may not be read. */
  readonly nameServers: readonly NameServer[] | null;
  /** Namespaces that have policies of other kinds, such as Cilium's; an empty name: the whole cluster. */
  readonly otherPolicies: ReadonlySet<string>;
  readonly leases: readonly Lease[];
  readonly refused: readonly Refused[];
}
