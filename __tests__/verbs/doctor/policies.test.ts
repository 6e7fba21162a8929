/** NetworkPolicies of users that let everything through, and what cannot be known. */
import { type AnyWorkload, sendersOf } from '../../../verbs/doctor/senders/workload';
import type { Survey } from '../../../verbs/doctor/survey';
import type { Pod } from '../../../verbs/objects';
import { DNS, named, neighbour, sceneOf } from './survey';

const scene = sceneOf('');
const { survey } = scene;
const labels = { 'app.kubernetes.io/name': 'jan-server', 'app.kubernetes.io/component': 'llm-api' };
const OURS = 'http://otel-collector.jan-monitoring:4318';

type Spec = AnyWorkload['spec']['template']['spec'];
const sender = (spec: Partial<Spec> = {}) =>
  sendersOf(
    {
      kind: 'Deployment',
      metadata: { name: 'llm-api', namespace: 'jan-server' },
      spec: {
        template: {
          metadata: { labels },
          spec: {
            containers: [{ name: 'llm-api', env: [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: OURS }] }],
            ...spec,
          },
        },
      },
    },
    { configMaps: new Map(), secretKeys: new Map() },
  );
const janPod = (more: Partial<Pod> = {}, own: Readonly<Record<string, string>> = labels): Pod => ({
  metadata: { name: 'llm-api-1', namespace: 'jan-server', uid: 'u1', labels: own },
  spec: { containers: [{ name: 'llm-api', image: 'x', ports: [{ name: 'http', containerPort: 8080 }] }] },
  status: { phase: 'Running', podIP: '10.1.2.3' },
  ...more,
});
const known = survey.neighbours.get('jan-server') ?? neighbour('jan-server', []);
const inJan = (...pods: readonly Pod[]) => new Map([['jan-server', { ...known, pods }]]);
const policyOf = (name: string, spec: object, namespace = 'jan-server') => ({ metadata: { namespace, name }, spec });

/** Findings with some policies in Jan Server's namespace. */
const said = (specs: readonly object[], change: Partial<Survey> = {}) =>
  named(scene, {
    senders: sender(),
    policies: [
      ...survey.policies,
      ...specs.map((spec, index) => policyOf(`mine-${index + 1}`, spec)),
    ] as Survey['policies'],
    ...change,
  });
const [CUT, UNKNOWN] = [
  'network-policy NetworkPolicy/mine-1 in jan-server',
  'network-not-checked NetworkPolicy/mine-1 in jan-server',
];

const to = (matchLabels: Readonly<Record<string, string>>, port?: number | string, protocol = 'TCP') => ({
  to: [{ namespaceSelector: { matchLabels } }],
  ...(port !== undefined && { ports: [{ port, protocol }] }),
});
const otlp = to({ 'kubernetes.io/metadata.name': 'jan-monitoring' }, 4318);
const dns = { ports: [{ port: 53, protocol: 'UDP' }] };
const egress = (...rules: readonly object[]) => ({ policyTypes: ['Egress'], egress: rules });
const block = (cidr: string, port: number, protocol: string) => ({
  to: [{ ipBlock: { cidr } }],
  ports: [{ port, protocol }],
});

test.each<[what: string, specs: readonly object[], change: Partial<Survey>, found: readonly string[]]>([
  [
    'by the labels of the namespace of the stack',
    [egress(to({ team: 'platform' }, 4318), dns)],
    { labels: { team: 'platform' } },
    [],
  ],
  [
    'by labels that it does not have',
    [egress(to({ team: 'platform' }, 4318), dns)],
    { labels: { team: 'web' } },
    [CUT],
  ],
  ['by labels that cannot be read', [egress(to({ team: 'platform' }, 4318), dns)], { labels: null }, [UNKNOWN]],
  [
    'by another name, whose labels cannot be read',
    [egress(to({ 'kubernetes.io/metadata.name': 'other', team: 'x' }), dns)],
    { labels: null },
    [CUT],
  ],
  ['by two policies together', [egress(otlp), egress(dns)], {}, []],
  [
    'by a range that is not of the stack, where its pods have addresses',
    [egress(block('10.9.0.0/16', 4318, 'TCP'), dns)],
    {},
    [CUT],
  ],
  ['DNS by the label name of its namespace', [egress(otlp, to({ name: 'kube-system' }, 53, 'UDP'))], {}, []],
  ['DNS by a label that its namespace does not have', [egress(otlp, to({ name: 'system' }, 53, 'UDP'))], {}, [CUT]],
  ['DNS by a port with a name', [egress(otlp, to({ name: 'kube-system' }, 'dns', 'UDP'))], {}, []],
  ['DNS by the address of a cache on the node', [egress(otlp, block('169.254.20.10/32', 53, 'UDP'))], {}, []],
  ['DNS by the address of its Service', [egress(otlp, block('10.96.0.10/32', 53, 'UDP'))], {}, []],
  [
    'DNS where nothing of it could be read',
    [egress(otlp, to({ name: 'kube-system' }, 53, 'UDP'))],
    { nameServers: null },
    [UNKNOWN],
  ],
  [
    'DNS of OpenShift',
    [egress(otlp, to({ 'kubernetes.io/metadata.name': 'openshift-dns' }, 5353, 'UDP'))],
    { nameServers: [{ port: 5353, end: { ...DNS, namespace: 'openshift-dns', labels: {}, namespaceLabels: {} } }] },
    [],
  ],
  ['DNS only, and nothing else', [egress(dns)], {}, [CUT]],
  ['nothing, but a policy of Cilium may', [egress()], { otherPolicies: new Set(['jan-server']) }, [UNKNOWN]],
  ['nothing, but one of the cluster may', [egress()], { otherPolicies: new Set(['']) }, [UNKNOWN]],
  ['nothing, and one of another namespace does not matter', [egress()], { otherPolicies: new Set(['web']) }, [CUT]],
  [
    'nothing, but the pods are in the network of their node',
    [egress()],
    { senders: sender({ hostNetwork: true }) },
    [],
  ],
  ['no DNS, which the pods do not use', [egress(otlp)], { senders: sender({ dnsPolicy: 'None' }) }, []],
  [
    'nothing, but both ends are in a mesh that tunnels',
    [egress(dns)],
    {
      labels: { 'istio.io/dataplane-mode': 'ambient' },
      neighbours: new Map([['jan-server', { ...known, labels: { 'istio.io/dataplane-mode': 'ambient' } }]]),
    },
    [UNKNOWN],
  ],
])('egress to %s', (_what, specs, change, found) => expect(said(specs, change)).toEqual(found));

test('labels that a webhook adds to pods count', () => {
  const injected = { ...labels, 'security.istio.io/tlsMode': 'istio' };
  const meshed = { podSelector: { matchLabels: { 'security.istio.io/tlsMode': 'istio' } }, ...egress() };
  expect(said([meshed])).toEqual([]);
  expect(said([meshed], { neighbours: inJan(janPod({}, injected)) })).toEqual([CUT]);
});

test('spans that arrive have come through', () => {
  const series = { claimUsage: [], failedNotifications: [], deletedBySize: [], oldest: [] };
  const change = {
    neighbours: inJan(janPod()),
    series: { ...series, spans: [{ labels: { instance: 'u1' }, value: 1 }] },
  };
  expect(said([egress()], change)).toEqual([]);
});

describe('ingress to the services of Jan Server', () => {
  const ingress = (from: object, ports: readonly object[] = []) => ({
    policyTypes: ['Ingress'],
    ingress: [{ from: [from], ports }],
  });
  const platform = { namespaceSelector: { matchLabels: { team: 'platform' } } };
  test('by the labels of the namespace of the stack', () => {
    const neighbours = inJan(janPod());
    expect(said([ingress(platform)], { neighbours, labels: { team: 'platform' } })).toEqual([]);
    expect(said([ingress(platform)], { neighbours, labels: {} })).toEqual([CUT]);
    expect(said([ingress(platform)], { neighbours, labels: null })).toEqual([UNKNOWN]);
  });
  test('the pod of a Job that has ended is scraped by nothing', () => {
    const job = janPod({ status: { phase: 'Succeeded', podIP: '10.1.2.3' } });
    expect(said([ingress(platform)], { neighbours: inJan(job), labels: {} })).toEqual([]);
  });
  test('a port with a name that a native sidecar has', () => {
    const sidecar = {
      name: 'proxy',
      image: 'x',
      restartPolicy: 'Always',
      ports: [{ name: 'mesh', containerPort: 8080 }],
    };
    const pod = janPod({ spec: { ...janPod().spec, initContainers: [sidecar] } });
    expect(said([ingress({ namespaceSelector: {} }, [{ port: 'mesh' }])], { neighbours: inJan(pod) })).toEqual([]);
  });
  test('pods in the network of their node are under no policy', () => {
    const pod = janPod({ spec: { ...janPod().spec, hostNetwork: true } });
    expect(said([ingress(platform)], { neighbours: inJan(pod), labels: {} })).toEqual([]);
  });
});
