/** What a cluster needs before anything is applied to it: DNS, volumes of a default StorageClass, and the node's permissions. */
import { chmodSync, mkdirSync } from 'node:fs';
import { programPath } from '../cache';
import { must } from '../commands';
import { adminArguments } from './control-plane';
import { COREDNS } from './images';
import { DNS_ADDRESS, NODE_NAME, NODE_USER } from './node-config';
import type { State } from './processes';

/** More than all tests of a run use, so that none finds the data of another. */
const VOLUMES = 160;
const CLASS = 'standard';
const labels = { 'k8s-app': 'kube-dns' };
const inSystem = { name: 'coredns', namespace: 'kube-system' };

const COREFILE = `.:53 {
  errors
  health
  ready
  kubernetes cluster.local in-addr.arpa ip6.arpa
  cache 5
}
`;

const dns = [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: inSystem },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'coredns' },
    rules: [
      { apiGroups: [''], resources: ['services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'coredns' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'coredns' },
    subjects: [{ kind: 'ServiceAccount', ...inSystem }],
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: inSystem, data: { Corefile: COREFILE } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: inSystem,
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: 'coredns',
          dnsPolicy: 'Default',
          containers: [
            {
              name: 'coredns',
              image: COREDNS,
              args: ['-conf', '/etc/coredns/Corefile'],
              volumeMounts: [{ name: 'config', mountPath: '/etc/coredns' }],
              readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 1 },
            },
          ],
          volumes: [{ name: 'config', configMap: { name: 'coredns' } }],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kube-dns', namespace: 'kube-system' },
    spec: {
      clusterIP: DNS_ADDRESS,
      selector: labels,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP' },
        { name: 'dns-tcp', port: 53, protocol: 'TCP' },
      ],
    },
  },
];

/**
 * The Node authorizer knows the Secrets, claims and ConfigMaps of a pod slightly later than the kubelet sees the pod. On a busy
 * machine with two cores the kubelet's requests are rejected then, and it retries after up to a minute. This binding avoids the delay.
 */
const nodePermissions = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'lab-node' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:node' },
  subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: NODE_USER }],
};

const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: CLASS, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'WaitForFirstConsumer',
};

/** A local volume, because the kubelet applies `fsGroup` to local volumes and not to host paths. */
function volume(state: State, index: number): object {
  const path = state.path('volumes', `${index}`);
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o777);
  const isNode = { key: 'kubernetes.io/hostname', operator: 'In', values: [NODE_NAME] };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `local-${index}` },
    spec: {
      capacity: { storage: '50Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: CLASS,
      local: { path },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [isNode] }] } },
    },
  };
}

/** Applies them, and waits until DNS works. */
export async function applyAddons(state: State): Promise<void> {
  const kubectl = (args: readonly string[], input?: string) =>
    must(programPath('kubectl'), [...adminArguments(state), ...args], { input });
  const volumes = Array.from({ length: VOLUMES }, (_, index) => volume(state, index + 1));
  const list = { apiVersion: 'v1', kind: 'List', items: [nodePermissions, storageClass, ...volumes, ...dns] };
  await kubectl(['apply', '-f', '-'], JSON.stringify(list));
  // The kubelet may not have registered its node yet.
  for (const condition of ['create', 'condition=Ready'])
    await kubectl(['wait', `node/${NODE_NAME}`, `--for=${condition}`, '--timeout=60s']);
  await kubectl(['-n', 'kube-system', 'rollout', 'status', 'deployment', 'coredns', '--timeout=90s']);
}
