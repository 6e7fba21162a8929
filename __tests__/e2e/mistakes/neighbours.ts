/** Mistakes around the stack: in Jan Server's namespace, in policies, on nodes, and objects that were changed by hand. */
import { kubectl } from '../../cluster/cluster';
import { list } from '../stack';
import type { Mistake } from './mistake';
import { sender } from './senders';
import { applyIn, inStack, JAN, NAMESPACE, NODE } from './stack';

const name = 'app.kubernetes.io/name';
const component = 'app.kubernetes.io/component';

/** A pod that is never scheduled, and satisfies `restricted`. @param nodeName its node, if it has one */
const pod = (podName: string, labels: object, nodeName?: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: podName, labels },
  spec: {
    ...(nodeName === undefined ? { schedulerName: 'none' } : { nodeName }),
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'app',
        image: 'none',
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  },
});

const policy = (policyName: string, matchLabels: object, policyTypes: readonly string[]) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: policyName },
  spec: { podSelector: { matchLabels }, policyTypes },
});

const TRACED = [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: `http://otel-collector.${NAMESPACE}:4318` }];

/** Two policies that together let a sender through: one by a label of the stack's namespace, one by the name servers. Nothing may be said. */
const allowed = (app: string) => {
  const egress = (policyName: string, rule: object) => {
    const { spec, ...rest } = policy(policyName, { app }, ['Egress']);
    return { ...rest, spec: { ...spec, egress: [rule] } };
  };
  const inSystem = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } };
  return [
    sender(app, 'llm-api', { env: TRACED }),
    egress('to-platform', {
      to: [{ namespaceSelector: { matchLabels: { team: 'platform' } } }],
      ports: [{ port: 4318 }],
    }),
    egress('to-dns', {
      to: [{ ...inSystem, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
      ports: [{ port: 53, protocol: 'UDP' }],
    }),
  ];
};

const service = (serviceName: string, labels: object, targetPort: number) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: serviceName, labels },
  spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort }] },
});

export const NEIGHBOUR_MISTAKES: readonly Mistake[] = [
  { what: "a policy that cuts a sender's egress", part: `NetworkPolicy/no-egress in ${JAN}`, id: 'network-policy' },
  {
    what: 'a policy that cuts the scrape of a service',
    part: `NetworkPolicy/no-ingress in ${JAN}`,
    id: 'network-policy',
  },
  {
    what: 'labels that Prometheus does not look for',
    part: `Service/jan-server-media-api in ${JAN}`,
    id: 'target-labels',
  },
  { what: 'another port than is scraped', part: `Service/jan-server-response-api in ${JAN}`, id: 'target-port' },
  { what: 'a RoleBinding that is gone', part: `Namespace/${JAN}`, id: 'target-permissions-missing' },
  { what: 'a clock that is an hour ahead', part: `Node/${NODE}`, id: 'clock-off' },
];

/** Around the stack. */
export function makeNeighbours(): void {
  const mcp = { [name]: 'jan-server', [component]: 'mcp-tools' };
  kubectl(['label', 'namespace', NAMESPACE, 'team=platform', '--overwrite']);
  applyIn(
    JAN,
    ...allowed('guarded'),
    sender('cut', 'llm-api', { env: TRACED }),
    policy('no-egress', { app: 'cut' }, ['Egress']),
    pod('mcp-tools', mcp),
    policy('no-ingress', mcp, ['Ingress']),
    service('jan-server-media-api', { [name]: 'jan' }, 8285),
    service('jan-server-response-api', { [name]: 'jan-server', [component]: 'response-api' }, 9999),
  );
  kubectl(['-n', JAN, 'delete', 'rolebinding', `${NAMESPACE}-prometheus-discovery`]);
}

/** The pod is removed after a while, since its node does not exist. */
export function makeClock(): void {
  applyIn(JAN, pod('late', { app: 'late' }, NODE));
  const renewTime = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, -1)}000Z`;
  applyIn('kube-node-lease', {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: NODE },
    spec: { holderIdentity: NODE, renewTime },
  });
}

/** The lease is in a namespace of the cluster. */
export const removeClock = (): void => {
  kubectl(['-n', 'kube-node-lease', 'delete', 'lease', NODE, '--ignore-not-found']);
};

export const DRIFT_MISTAKES: readonly Mistake[] = [
  { what: 'a ConfigMap that was edited', part: 'ConfigMap/prometheus-rules', id: 'config-changed' },
  { what: 'a Service that selects nothing', part: 'Service/jaeger', id: 'service-changed' },
  { what: 'a policy of the stack that is gone', part: 'NetworkPolicy/grafana', id: 'object-missing' },
  { what: 'a policy of the stack that was edited', part: 'NetworkPolicy/alertmanager', id: 'network-policy-changed' },
  { what: 'a pod of another application', part: `Namespace/${NAMESPACE}`, id: 'foreign-pods' },
  { what: 'a second stack in the namespace', part: `Namespace/${NAMESPACE}`, id: 'second-stack' },
  { what: 'a Deployment scaled to zero', part: 'Deployment/kube-state-metrics', id: 'scaled-down' },
];

/** Changes by hand in the stack's namespace. */
export function makeDrift(): void {
  const [rules] = list<{ metadata: { name: string }; data: Record<string, string> }>(
    NAMESPACE,
    'configmap',
    '--field-selector=metadata.name=prometheus-rules',
  );
  const [file = 'stack.yaml'] = Object.keys(rules?.data ?? {});
  const data = { [file]: `${rules?.data[file]}# edited\n` };
  inStack('patch', 'configmap', 'prometheus-rules', '--type=merge', '-p', JSON.stringify({ data }));
  inStack(
    'patch',
    'service',
    'jaeger',
    '--type=merge',
    '-p',
    JSON.stringify({ spec: { selector: { [name]: 'nothing' } } }),
  );
  inStack('delete', 'networkpolicy', 'grafana');
  inStack('patch', 'networkpolicy', 'alertmanager', '--type=merge', '-p', JSON.stringify({ spec: { ingress: [] } }));
  const ours = { 'app.kubernetes.io/part-of': 'cdk8s-observability', 'app.kubernetes.io/instance': NAMESPACE };
  const other = sender('jaeger-collector', 'jaeger', {});
  applyIn(NAMESPACE, pod('shell', { app: 'shell' }), { ...other, metadata: { ...other.metadata, labels: ours } });
  inStack('scale', 'deployment/kube-state-metrics', '--replicas=0');
}

/** What monitor-up does not undo. */
export function undoDrift(): void {
  inStack('delete', 'pod', 'shell', '--wait=false', '--grace-period=0', '--force');
  inStack('delete', 'deployment', 'jaeger-collector', '--ignore-not-found');
}
