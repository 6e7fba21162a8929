/** Jan Server as the stack sees it, and the NetworkPolicies at both ends. */
import type { Neighbour, Service, Survey } from '../../../verbs/doctor/survey';
import type { Pod } from '../../../verbs/objects';
import { named, sceneOf, senderWith, withObject } from './survey';

const scene = sceneOf('alertmanager: { deadMansSwitch: { urlSecret: { name: heartbeat, key: url } } }\n');
const { survey } = scene;
const objects = withObject(scene);

const jan = (change: Partial<Neighbour>): Partial<Survey> => ({
  neighbours: new Map([['jan-server', { ...(survey.neighbours.get('jan-server') as Neighbour), ...change }]]),
});
const labels = { 'app.kubernetes.io/name': 'jan-server', 'app.kubernetes.io/component': 'llm-api' };
const service = (own: Readonly<Record<string, string>>, targetPort: number | string): Service => ({
  metadata: { name: 'jan-server-llm-api', labels: own },
  spec: { selector: labels, ports: [{ port: 80, targetPort }] },
});
const janPod = (containerPort: number): Pod => ({
  metadata: { name: 'llm-api-1', namespace: 'jan-server', labels },
  spec: { containers: [{ name: 'llm-api', image: 'x', ports: [{ name: 'http', containerPort }] }] },
});
const LLM = 'Service/jan-server-llm-api in jan-server';
test.each<[what: string, change: Partial<Survey>, found: readonly string[]]>([
  ['no namespace', { neighbours: new Map() }, ['target-namespace-missing Namespace/jan-server']],
  ['no RoleBinding', jan({ rights: new Set() }), ['target-permissions-missing Namespace/jan-server']],
  ['rights that cannot be read', jan({ rights: null }), []],
  ['other labels', jan({ services: [service({}, 8080)] }), [`target-labels ${LLM}`]],
  ['another port', jan({ services: [service(labels, 9090)] }), [`target-port ${LLM}`]],
  [
    'another port of that name',
    jan({ services: [service(labels, 'http')], pods: [janPod(9090)] }),
    [`target-port ${LLM}`],
  ],
  ['the port of that name', jan({ services: [service(labels, 'http')], pods: [janPod(8080)] }), []],
])('%s', (_what, change, found) => expect(named(scene, change)).toEqual(found));

const policy = (namespace: string, name: string, spec: object) => ({ metadata: { namespace, name }, spec });
const sends = {
  senders: senderWith(
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-collector.jan-monitoring:4318' },
    { container: 'llm-api', labels },
  ),
};
const dns = { ports: [{ port: 53, protocol: 'UDP' }] };
const otlp = {
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'jan-monitoring' } } }],
  ports: [{ port: 4318 }],
};
test.each<[what: string, spec: object, found: readonly string[]]>([
  ['egress that is denied', { policyTypes: ['Egress'] }, ['network-policy NetworkPolicy/mine in jan-server']],
  [
    'egress without DNS',
    { policyTypes: ['Egress'], egress: [otlp] },
    ['network-policy NetworkPolicy/mine in jan-server'],
  ],
  ['egress that is allowed', { policyTypes: ['Egress'], egress: [otlp, dns] }, []],
  ['egress to all', { egress: [{}], policyTypes: ['Egress'] }, []],
  [
    'egress of other pods',
    { podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] }, policyTypes: ['Egress'] },
    [],
  ],
  ['ingress that is denied', { podSelector: {} }, ['network-policy NetworkPolicy/mine in jan-server']],
  [
    'ingress from the pod network',
    {
      podSelector: {},
      ingress: [
        {
          from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }],
          ports: [{ port: 8000, endPort: 8100 }],
        },
      ],
    },
    [],
  ],
  ['ingress at a port with a name', { podSelector: {}, ingress: [{ ports: [{ port: 'http' }] }] }, []],
])('%s', (_what, spec, found) => {
  const policies = [...survey.policies, policy('jan-server', 'mine', spec)] as Survey['policies'];
  expect(named(scene, { ...sends, ...jan({ pods: [janPod(8080)] }), policies })).toEqual(found);
});

test('a rule of the stack that is gone is said once, by the object', () => {
  const policies = survey.policies.filter(({ metadata }) => metadata.name !== 'jaeger');
  expect(named(scene, { policies })).toEqual(['network-policy NetworkPolicy/default-deny']);
  expect(named(scene, { policies, ...objects('NetworkPolicy', 'jaeger', null) })).toEqual([
    'object-missing NetworkPolicy/jaeger',
  ]);
});
