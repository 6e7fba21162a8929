/** Fields that the API server refuses to change, and their neighbours that it accepts. */
import type { Manifest } from '../../../../stack/checks/manifest';
import { edit, edited, type ImpactPair, NONE, pair, TWO } from './pair';

const POD_LABEL = { 'spec.template.metadata.labels.tier': 'a' };
const SELECTOR = { 'spec.selector.matchLabels.tier': 'a', ...POD_LABEL };
const NODES = { nodeExporter: { enabled: true, namespace: 'upgrades-nodes' } };
const BINDING = 'upgrades-prometheus-discovery';
const CLUSTER_BINDING = 'upgrades-prometheus-kubelet';
const SET = 'otel-collector';

/** Workloads. */
export const ofWorkloads: readonly ImpactPair[] = [
  edited('the selector of a Deployment', {}, [edit('Deployment', 'jaeger', SELECTOR)], {
    severity: 'refused',
    refused: ['Deployment/jaeger: recreate'],
    restarts: ['Deployment/jaeger'],
  }),
  edited('the selector of a StatefulSet', TWO, [edit('StatefulSet', SET, SELECTOR)], {
    severity: 'refused',
    refused: ['StatefulSet/otel-collector: recreate'],
    restarts: ['StatefulSet/otel-collector'],
  }),
  edited('the selector of a DaemonSet', NODES, [edit('DaemonSet', 'node-exporter', SELECTOR)], {
    severity: 'refused',
    refused: ['DaemonSet/node-exporter: recreate'],
    restarts: ['DaemonSet/node-exporter'],
  }),
  pair(
    'another namespace of node-exporter, which has no data there',
    NODES,
    { nodeExporter: { ...NODES.nodeExporter, namespace: 'upgrades-there' } },
    { severity: 'none', reloads: ['Deployment/prometheus', 'Deployment/grafana'] },
  ),
  edited('a label of pods', {}, [edit('Deployment', 'jaeger', POD_LABEL)], {
    severity: 'restart',
    restarts: ['Deployment/jaeger'],
  }),
  edited(
    'the strategy of a Deployment',
    {},
    [edit('Deployment', 'jaeger', { 'spec.strategy.type': 'RollingUpdate' })],
    NONE,
  ),
  edited('how pods start', TWO, [edit('StatefulSet', SET, { 'spec.podManagementPolicy': 'OrderedReady' })], {
    severity: 'refused',
    refused: ['StatefulSet/otel-collector: orphan'],
  }),
  edited('the DNS name of pods', TWO, [edit('StatefulSet', SET, { 'spec.serviceName': 'otel-collector' })], {
    severity: 'refused',
    refused: ['StatefulSet/otel-collector: orphan'],
  }),
  edited(
    'what a StatefulSet may change',
    TWO,
    [
      edit('StatefulSet', SET, {
        'spec.revisionHistoryLimit': 5,
        'spec.updateStrategy': { type: 'OnDelete' },
        'spec.minReadySeconds': 5,
        'spec.ordinals': { start: 0 },
      }),
    ],
    NONE,
  ),
];

/** Services, rights, and what else is rendered. */
export const ofOthers: readonly ImpactPair[] = [
  edited('a headless Service', {}, [edit('Service', 'jaeger', { 'spec.clusterIP': 'None' })], {
    severity: 'refused',
    refused: ['Service/jaeger: recreate'],
  }),
  edited('headless no more', TWO, [edit('Service', 'otel-collector-headless', { 'spec.clusterIP': undefined })], NONE),
  edited(
    'ports of a Service',
    {},
    [edit('Service', 'jaeger', { 'spec.ports.0.port': 14_317, 'spec.type': 'NodePort' })],
    NONE,
  ),
  edited('the role of a binding', {}, [edit('RoleBinding', BINDING, { 'roleRef.name': 'view' })], {
    severity: 'refused',
    refused: [`RoleBinding/${BINDING}: recreate`],
  }),
  edited(
    'the role of a cluster-wide binding',
    {},
    [edit('ClusterRoleBinding', CLUSTER_BINDING, { 'roleRef.name': 'view' })],
    {
      severity: 'refused',
      refused: [`ClusterRoleBinding/${CLUSTER_BINDING}: recreate`],
    },
  ),
  edited('the account of a binding', {}, [edit('RoleBinding', BINDING, { 'subjects.0.name': 'grafana' })], NONE),
  edited('the rights of a role', {}, [edit('Role', BINDING, { 'rules.0.verbs': ['get', 'list', 'watch'] })], NONE),
  pair(
    'a priority',
    { scheduling: { priority: 1000 } },
    { scheduling: { priority: 2000 } },
    {
      severity: 'refused',
      refused: ['PriorityClass/upgrades: recreate'],
    },
  ),
  edited('a disruption budget', TWO, [edit('PodDisruptionBudget', SET, { 'spec.maxUnavailable': 2 })], NONE),
];

const IMMUTABLE = { ...object('v1', 'ConfigMap', 'settings'), immutable: true };
const JOB = { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a:1' }] };
const job = (image: string, rest: object): Manifest => ({
  ...object('batch/v1', 'Job', 'work'),
  spec: { template: { spec: { ...JOB, containers: [{ name: 'a', image }] } }, ...rest },
});

function object(apiVersion: string, kind: string, name: string): Manifest {
  return { apiVersion, kind, metadata: { name, namespace: 'default' } };
}

/** Objects that are not rendered today. */
export const ofOwnObjects: readonly ImpactPair[] = [
  {
    name: 'the template of a Job',
    before: () => [job('a:1', {})],
    after: () => [job('a:2', {})],
    severity: 'refused',
    refused: ['Job/work: recreate'],
    versions: ['a:2 null'],
  },
  {
    name: 'how a Job runs',
    before: () => [job('a:1', {})],
    after: () => [job('a:1', { parallelism: 2, backoffLimit: 1 })],
    ...NONE,
  },
  {
    name: 'an immutable ConfigMap',
    before: () => [{ ...IMMUTABLE, data: { a: '1' } }],
    after: () => [{ ...IMMUTABLE, data: { a: '2' } }],
    severity: 'refused',
    refused: ['ConfigMap/settings: recreate'],
  },
  {
    name: 'an immutable ConfigMap that becomes mutable',
    before: () => [{ ...IMMUTABLE, data: { a: '1' } }],
    after: () => [{ ...object('v1', 'ConfigMap', 'settings'), data: { a: '1' } }],
    severity: 'refused',
    refused: ['ConfigMap/settings: recreate'],
  },
];
