import type { Platform } from '../lib/platform';
import type { FittedResources, Resources } from '../lib/resources';

/** Differences between Kubernetes distributions that manifests depend on. Each fact has its source. */
import { bytes } from './units';

export type { Dns } from '../lib/platform';

/** The names that `platform` takes. */
export const PLATFORM_NAMES = ['generic', 'kind', 'k3s', 'eks', 'gke', 'gke-autopilot', 'aks', 'openshift'] as const;
/** One of the names that `platform` takes. */
export type PlatformName = (typeof PLATFORM_NAMES)[number];

/** The Service kube-dns has this selector on every distribution with Kubernetes' own manifests, CoreDNS included. */
const KUBE_DNS = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } } as const;
/** Pods of NodeLocal DNSCache: on GKE Dataplane V2 and Cilium, a redirect makes them the peer (https://docs.cilium.io/en/stable/network/kubernetes/local-redirect-policy/). */
const NODE_LOCAL_PODS = { namespace: 'kube-system', labels: { 'k8s-app': 'node-local-dns' } } as const;
/** NodeLocal DNSCache's address (https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/). */
const NODE_LOCAL = '169.254.20.10/32';

const unchanged = (resources: Resources): FittedResources => ({ ...resources, limitsCpu: false });

const GENERIC: Platform = {
  dns: { pods: [KUBE_DNS], addresses: [NODE_LOCAL], port: 53 },
  storageClass: null,
  apiServerPorts: [443, 6443],
  // kubeadm's kubelets sign their own (https://github.com/kubernetes/kubeadm/issues/1602).
  signsKubelets: false,
  namesUsers: true,
  fitted: unchanged,
};

/**
 * GKE. Cloud DNS answers on the node's metadata address, of which only port 53 is allowed
 * (https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cloud-dns); NodeLocal DNSCache is on by default in newer clusters
 * (https://docs.cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache). `standard-rwo` is the default class
 * (https://docs.cloud.google.com/kubernetes-engine/docs/concepts/persistent-volumes). The control plane listens on 443.
 */
const GKE: Platform = {
  ...GENERIC,
  dns: { pods: [KUBE_DNS, NODE_LOCAL_PODS], addresses: [NODE_LOCAL, '169.254.169.254/32'], port: 53 },
  storageClass: 'standard-rwo',
  apiServerPorts: [443],
  // Google's own collector verifies them, by address (https://github.com/GoogleCloudPlatform/prometheus-engine/issues/726).
  signsKubelets: true,
};

/** Autopilot's increment of CPU requests, and its minimum, in thousandths of a core. */
const AUTOPILOT_CPU_STEP = 50;
/** GiB of memory that Autopilot allows for one core of its general-purpose class, at most. */
const AUTOPILOT_GIB_PER_CORE = 6.5;
/** Ephemeral storage that Autopilot allows a pod at most: 10 GiB. */
export const AUTOPILOT_EPHEMERAL_BYTES = 10 * 2 ** 30;

/**
 * Requests that Autopilot does not change: at least 50m of CPU, in steps of 50m; between 1 and 6.5 GiB of memory for a core;
 * limits equal to requests (https://docs.cloud.google.com/kubernetes-engine/docs/concepts/autopilot-resource-requests). A GitOps
 * tool would report any change by Autopilot as permanent drift.
 */
function fitAutopilot({ cpu, memory, ephemeralStorage }: Resources): FittedResources {
  const gibibytes = bytes(memory) / 2 ** 30;
  const needed = Math.max(millicores(cpu), (gibibytes / AUTOPILOT_GIB_PER_CORE) * 1000);
  const millis = Math.max(1, Math.ceil(needed / AUTOPILOT_CPU_STEP)) * AUTOPILOT_CPU_STEP;
  const mebibytes = Math.ceil(Math.max(gibibytes, millis / 1000) * 1024);
  return { cpu: `${millis}m`, memory: `${mebibytes}Mi`, ephemeralStorage, limitsCpu: true };
}

const millicores = (cpu: string): number => (cpu.endsWith('m') ? Number(cpu.slice(0, -1)) : Number(cpu) * 1000);

/** Every distribution by its name. */
export const PLATFORMS: Readonly<Record<PlatformName, Platform>> = {
  generic: GENERIC,
  // kind: class `standard` of local-path-provisioner is the default (https://kind.sigs.k8s.io); kubeadm's API server is on 6443.
  kind: { ...GENERIC, dns: { ...GENERIC.dns, addresses: [] }, storageClass: 'standard' },
  // k3s: class `local-path` (https://docs.k3s.io/add-ons/storage); the API server is on 6443.
  // k3s' CA signs the kubelets' certificates (https://docs.k3s.io/cli/certificate).
  k3s: { ...GENERIC, dns: { ...GENERIC.dns, addresses: [] }, storageClass: 'local-path', signsKubelets: true },
  // EKS: class `gp2` exists; since 1.30 it is no longer the default (https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-standard.html).
  // The control plane signs kubelets' certificates (https://github.com/bottlerocket-os/bottlerocket/issues/1842).
  eks: { ...GENERIC, storageClass: 'gp2', apiServerPorts: [443], signsKubelets: true },
  gke: GKE,
  'gke-autopilot': { ...GKE, fitted: fitAutopilot },
  // AKS: class `default` is managed-csi's alias (https://learn.microsoft.com/azure/aks/concepts-storage); LocalDNS answers on
  // 169.254.10.10 and .11 (https://learn.microsoft.com/azure/aks/dns-concepts).
  aks: {
    ...GENERIC,
    dns: { ...GENERIC.dns, addresses: ['169.254.10.10/31', NODE_LOCAL] },
    storageClass: 'default',
    apiServerPorts: [443],
    // https://learn.microsoft.com/azure/aks/certificate-rotation#kubelet-serving-certificate-rotation
    signsKubelets: true,
  },
  // OpenShift: CoreDNS of the DNS operator listens on 5353 (https://docs.redhat.com/documentation/openshift_container_platform,
  // "DNS Operator"); the restricted-v2 SCC rejects user IDs outside the namespace's range.
  openshift: {
    ...GENERIC,
    dns: {
      pods: [{ namespace: 'openshift-dns', labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } }],
      addresses: [],
      port: 5353,
    },
    // A separate CA signs them (openshift/cluster-monitoring-operator, kubelet-serving-ca-bundle).
    signsKubelets: false,
    namesUsers: false,
  },
};
