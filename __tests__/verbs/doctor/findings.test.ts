/** Each cause, in a healthy survey in which one thing is changed. */
import { diagnose } from '../../../verbs/doctor/diagnose';
import { NO_SERIES } from '../../../verbs/doctor/series';
import type { Lease, Neighbour, Service, Survey } from '../../../verbs/doctor/survey';
import { expectedOf } from '../../../verbs/expected';
import type { Pod } from '../../../verbs/objects';
import { withDebugging } from '../../../verbs/up';
import { named, sceneOf, senderWith, TIME } from './survey';

const scene = sceneOf('alertmanager: { deadMansSwitch: { urlSecret: { name: heartbeat, key: url } } }\n');
const { survey, desired } = scene;
const LATER = '2026-02-01T00:00:00Z';

test('a healthy stack has no problem', () => expect(named(scene)).toEqual([]));

/** The claim of Prometheus, changed. */
const claims = (spec: object, status: object = {}): Partial<Survey> => ({
  claims: survey.claims.map((claim) =>
    claim.metadata.name === 'prometheus-data'
      ? { ...claim, spec: { ...claim.spec, ...spec }, status: { ...claim.status, ...status } }
      : claim,
  ),
});
const standard = { metadata: { name: 'standard' } };
const isDefault = {
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
};
const size = (storage: string) => claims({ resources: { requests: { storage } } }, { capacity: { storage } });
const usage = (value: number): Partial<Survey> => ({
  series: {
    ...NO_SERIES,
    claimUsage: [{ labels: { namespace: 'jan-monitoring', persistentvolumeclaim: 'prometheus-data' }, value }],
  },
});
const NO_SPACE = 'err="write /prometheus/wal/1: no space left on device"';

const CLAIM = 'PersistentVolumeClaim/prometheus-data';
test.each<[what: string, change: Partial<Survey>, found: readonly string[]]>([
  [
    'no default class',
    { ...claims({}, { phase: 'Pending' }), classes: [standard] },
    [`no-default-storage-class ${CLAIM}`],
  ],
  [
    'a class that is missing',
    { ...claims({ storageClassName: 'fast' }, { phase: 'Pending' }), classes: [isDefault] },
    [`storage-class-missing ${CLAIM}`],
  ],
  [
    'a volume that is not made',
    { ...claims({}, { phase: 'Pending' }), classes: [isDefault] },
    [`claim-pending ${CLAIM}`],
  ],
  ['classes that cannot be read', claims({}, { phase: 'Pending' }), [`claim-pending ${CLAIM}`]],
  ['a smaller claim', size('12Gi'), [`claim-too-small ${CLAIM}`]],
  ['a smaller claim than the retention', size('9500M'), [`claim-too-small ${CLAIM}`, `retention-over-claim ${CLAIM}`]],
  ['a larger volume', claims({ resources: { requests: { storage: '1Gi' } } }, { capacity: { storage: '50Gi' } }), []],
  ['a full claim, by the kubelet', usage(0.985), [`claim-full ${CLAIM}`]],
  [
    'room again, after a line in the log',
    { ...usage(0.4), logs: new Map([['prometheus-5d9-x1/prometheus', NO_SPACE]]) },
    [],
  ],
  [
    'a full claim, by a log',
    { series: null, logs: new Map([['prometheus-5d9-x1/prometheus', NO_SPACE]]) },
    [`claim-full ${CLAIM}`],
  ],
])('%s', (_what, change, found) => expect(named(scene, change)).toEqual(found));

test('a named class is compared with that of the claim', () => {
  const fast = sceneOf('storage: { className: fast }\njanServer: null\n');
  const changed = fast.survey.claims.map((claim) => ({ ...claim, spec: { ...claim.spec, storageClassName: 'slow' } }));
  expect(named(fast)).toEqual([]);
  expect(named(fast, { claims: changed.slice(0, 1) })[0]).toMatch(/^claim-wrong-class /);
});

const secrets = (name: string, facts: object): Partial<Survey> => ({
  secrets: new Map([...survey.secrets, [name, { keys: ['url'], created: TIME, written: TIME, ...facts }]]),
});
test.each<[what: string, change: Partial<Survey>, found: readonly string[]]>([
  ['a Secret with a wrong key', secrets('heartbeat', { keys: ['uri'] }), ['secret-key-missing Secret/heartbeat']],
  ['a Secret that is missing', { secrets: new Map() }, ['secret-missing Secret/heartbeat']],
  [
    "the administrator's Secret with a wrong key",
    secrets('grafana-admin', { keys: ['password'] }),
    ['secret-key-missing Secret/grafana-admin'],
  ],
  [
    "the administrator's password, changed",
    secrets('grafana-admin', { keys: ['admin-user', 'admin-password'], written: LATER }),
    ['admin-password-changed Secret/grafana-admin'],
  ],
  ['a file that is read at each use, changed', secrets('heartbeat', { written: LATER }), []],
])('%s', (_what, change, found) => expect(named(scene, change)).toEqual(found));

test('a variable, and a password of a data source, are read at the start', () => {
  const salted = sceneOf(
    'collector: { piiSaltSecret: { name: salt, key: salt } }\nprometheus: { query: { url: "https://mimir.example.com", basicAuth: { username: jan, passwordSecret: { name: mimir, key: password } } } }\n',
  );
  const changed = new Map([...salted.survey.secrets].map(([name, facts]) => [name, { ...facts, written: LATER }]));
  expect(named(salted)).toEqual([]);
  const findings = diagnose(salted.desired, { ...salted.survey, secrets: changed }, () => []);
  expect(findings.map(({ id, part, next }) => [id, part, next])).toEqual([
    ['secret-changed', 'Secret/salt', 'kubectl -n jan-monitoring rollout restart deployment/otel-collector'],
    ['secret-changed', 'Secret/mimir', 'kubectl -n jan-monitoring rollout restart deployment/grafana'],
  ]);
});

const objects = (kind: string, name: string, change: object | null): Partial<Survey> => ({
  objects: (survey.objects ?? []).flatMap((object) =>
    object.kind !== kind || object.metadata.name !== name
      ? [object]
      : change === null
        ? []
        : [{ ...object, ...change }],
  ),
});
test.each<[what: string, change: Partial<Survey>, found: readonly string[]]>([
  ['an object that is missing', objects('ServiceAccount', 'jaeger', null), ['object-missing ServiceAccount/jaeger']],
  [
    'a ConfigMap that was edited',
    objects('ConfigMap', 'jaeger-config', { data: { 'config.yaml': 'a: 1' } }),
    ['config-changed ConfigMap/jaeger-config'],
  ],
  [
    'a Service that selects nothing',
    objects('Service', 'jaeger', { spec: { selector: { a: 'b' } } }),
    ['service-changed Service/jaeger'],
  ],
  [
    'a policy that was edited',
    objects('NetworkPolicy', 'jaeger', { spec: {} }),
    ['network-policy-changed NetworkPolicy/jaeger'],
  ],
  ['objects that cannot be read', { objects: null }, []],
  ['a pod of another application', { foreignPods: [survey.pods[0] as Pod] }, ['foreign-pods Namespace/jan-monitoring']],
  [
    'a second stack',
    { controllers: [...survey.controllers, { ...survey.controllers[0], metadata: { name: 'other' } } as never] },
    ['second-stack Namespace/jan-monitoring'],
  ],
])('%s', (_what, change, found) => expect(named(scene, change)).toEqual(found));

test('what monitor-dev applies is no change by hand', () => {
  const { workloads } = expectedOf(withDebugging(scene.config));
  const debugged = (survey.objects ?? []).map((object) => ({
    ...object,
    ...workloads.find(({ kind, metadata }) => kind === object.kind && metadata.name === object.metadata.name),
  }));
  expect(named(scene, { objects: debugged as Survey['objects'] })[0]).toMatch(/^config-changed ConfigMap/);
  expect(named(scene, { objects: debugged as Survey['objects'] }, workloads)).toEqual([]);
});

test('a ConfigMap that was edited hides that its program exits', () => {
  const status = {
    name: 'jaeger',
    ready: false,
    restartCount: 4,
    state: { waiting: { reason: 'CrashLoopBackOff' } },
    lastState: { terminated: { exitCode: 1 } },
  };
  const pods = survey.pods.map((pod) =>
    pod.metadata.name.startsWith('jaeger')
      ? { ...pod, status: { phase: 'Running', containerStatuses: [status] } }
      : pod,
  );
  const controllers = survey.controllers.map((one) =>
    one.metadata.name === 'jaeger' ? { ...one, status: { readyReplicas: 0 } } : one,
  );
  const logs = new Map([['jaeger-5d9-x1/jaeger', 'Error: failed to get config: cannot unmarshal the configuration']]);
  expect(named(scene, { pods, controllers })).toEqual(['program-exits Deployment/jaeger']);
  expect(named(scene, { pods, controllers, logs })).toEqual(['config-rejected Deployment/jaeger']);
  const edited = objects('ConfigMap', 'jaeger-config', { data: {} });
  expect(named(scene, { pods, controllers, logs, ...edited })).toEqual(['config-changed ConfigMap/jaeger-config']);
});

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

const lease = (name: string, renewTime: string): Lease => ({
  metadata: { name, managedFields: [{ time: TIME }] },
  spec: { renewTime },
});
test.each<[what: string, change: Partial<Survey>, found: readonly string[]]>([
  ['a clock that is ahead', { leases: [lease('node-1', '2026-01-31T13:00:00.5Z')] }, ['clock-off Node/node-1']],
  ['a clock that is right', { leases: [lease('node-1', '2026-01-31T12:00:04Z')] }, []],
  ['the clock of a node without our pods', { leases: [lease('node-2', LATER)] }, []],
  ['a lease that cannot be read in full', { leases: [{ metadata: { name: 'node-1' } }] }, []],
  [
    'data that goes early',
    { series: { ...NO_SERIES, deletedBySize: [{ labels: {}, value: 3 }], oldest: [{ labels: {}, value: 86_400 }] } },
    ['retention-by-size Deployment/prometheus'],
  ],
  [
    'data that goes in time',
    {
      series: { ...NO_SERIES, deletedBySize: [{ labels: {}, value: 3 }], oldest: [{ labels: {}, value: 86_400 * 40 }] },
    },
    [],
  ],
  [
    'a webhook that is down',
    { series: { ...NO_SERIES, failedNotifications: [{ labels: { integration: 'webhook' }, value: 1 }] } },
    ['notifications-fail Deployment/alertmanager'],
  ],
  [
    'a missing permission',
    { refused: [{ resource: 'storageclasses', namespace: null, unchecked: 'StorageClasses' }] },
    ['not-permitted Permission/storageclasses'],
  ],
])('%s', (_what, change, found) => expect(named(scene, change)).toEqual(found));

test('the address of a webhook, which is a secret, is not printed', () => {
  const line =
    'level=ERROR msg="Notify for alerts failed" component=dispatcher err="webhook/webhook[0]: Post \\"https://hooks.example.com/T0/secret\\": dial tcp 192.0.2.1:443: connect: connection refused"';
  const series = { ...NO_SERIES, failedNotifications: [{ labels: { integration: 'webhook' }, value: 1 }] };
  const [finding] = diagnose(
    desired,
    { ...survey, series, logs: new Map([['alertmanager-5d9-x1/alertmanager', line]]) },
    () => [],
  );
  expect(finding?.cause).toMatch(/its address.*connection refused/);
  expect(JSON.stringify(finding)).not.toContain('hooks.example.com');
});

test('a remark is marked', () => {
  const [remark] = diagnose(desired, { ...survey, neighbours: new Map() }, () => []);
  const [problem] = diagnose(desired, { ...survey, ...jan({ rights: new Set() }) }, () => []);
  expect([remark?.isRemark, problem?.isRemark]).toEqual([true, undefined]);
});
