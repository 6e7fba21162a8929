import type { FittedResources, Resources } from './resources';

/** The DNS servers of a cluster. */
export interface Dns {
  /** The DNS pods. */
  readonly pods: readonly { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }[];
  /** Addresses of a DNS cache on the node, in CIDR form: no label selects pods in the host network. */
  readonly addresses: readonly string[];
  /** Port of those pods and addresses: a policy matches the port of the pod, not that of the Service. */
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
  /** Whether manifests set the user of a program. If not, the platform assigns one to each namespace. */
  readonly namesUsers: boolean;
  /** Converts resources to the platform's requests and limits. */
  readonly fitted: (resources: Resources) => FittedResources;
}
