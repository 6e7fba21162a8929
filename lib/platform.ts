import type { FittedResources, Resources } from './resources';

/** Where pods of a cluster ask for names. */
export interface Dns {
  /** Pods that answer. */
  readonly pods: readonly { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }[];
  /** Addresses that answer on the node itself, in CIDR form: no label selects what runs in the node's network. */
  readonly addresses: readonly string[];
  /** Port of those pods and addresses: a policy sees the port of the pod, not that of the Service. */
  readonly port: number;
}

/** A Kubernetes distribution. */
export interface Platform {
  readonly dns: Dns;
  /** StorageClass of the claims where `storage.className` names none; null: the cluster's default class. */
  readonly storageClass: string | null;
  /** Ports of the API server, before and after the Service address is translated. */
  readonly apiServerPorts: readonly number[];
  /** Whether a kubelet's serving certificate is signed by the cluster's authority, for the node's address. */
  readonly signsKubelets: boolean;
  /** Whether manifests name the user of a program. Where not, the platform assigns one to each namespace. */
  readonly namesUsers: boolean;
  /** What is written for resources that are asked for. */
  readonly fitted: (resources: Resources) => FittedResources;
}
