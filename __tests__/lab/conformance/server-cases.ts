/** What is broken for the judges that ask an API server, and what they must say of it. */
import { inObject, inPod, without } from './broken';
import type { Case } from './cases';

/** A rule more in a Role. */
const role = (name: string, rule: object) => inObject('Role', name, (edit) => edit.add(rule, 'rules'));

/** The cases. */
export const BROKEN_ON_SERVER: readonly Case[] = [
  ['a pod that runs as root', inPod('grafana', (edit) => edit.set({ runAsUser: 0 }, 'securityContext')), /restricted/],
  ['no seccomp profile', inPod('jaeger', (edit) => edit.remove('securityContext', 'seccompProfile')), /seccompProfile/],
  ['an unknown field', inPod('prometheus', (edit) => edit.set(false, 'enableServiceLink')), /enableServiceLink/],
  [
    'a selector that does not match',
    inObject('Deployment', 'jaeger', (edit) => edit.set({ app: 'other' }, 'spec', 'selector', 'matchLabels')),
    /selector/,
  ],
  [
    'a port that is none',
    inObject('Service', 'jaeger', (edit) => edit.set(99999, 'spec', 'ports', 0, 'port')),
    /99999/,
  ],
  [
    'a missing right',
    without('RoleBinding', 'jan-monitoring-prometheus-discovery'),
    /prometheus: list endpointslices in jan-monitoring: .*the permission is missing/,
  ],
  [
    'Secrets',
    role('jan-monitoring-prometheus-discovery', { apiGroups: [''], resources: ['secrets'], verbs: ['get'] }),
    /prometheus: get secrets .*must not/,
  ],
  [
    'a kubelet that may not be asked',
    without('ClusterRoleBinding', 'jan-monitoring-prometheus-kubelet'),
    /prometheus: get nodes\/metrics in every namespace: .*the permission is missing/,
  ],
  [
    "more than a kubelet's metrics",
    inObject('ClusterRole', 'jan-monitoring-prometheus-kubelet', (edit) =>
      edit.add({ apiGroups: [''], resources: ['nodes/proxy'], verbs: ['get'] }, 'rules'),
    ),
    /prometheus: get nodes\/proxy in every namespace: .*must not/,
  ],
  [
    'a kind whose state nobody may read',
    without('RoleBinding', 'jan-monitoring-kube-state-metrics-objects'),
    /kube-state-metrics: list deployments in jan-(monitoring|server): .*the permission is missing/,
  ],
  [
    'ConfigMaps',
    role('jan-monitoring-kube-state-metrics-objects', { apiGroups: [''], resources: ['configmaps'], verbs: ['list'] }),
    /kube-state-metrics: list configmaps .*must not/,
  ],
  [
    'everything',
    role('jan-monitoring-otel-collector-pods', { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }),
    /otel-collector: create pods\/exec .*must not/,
  ],
];
