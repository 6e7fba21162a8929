/** Claims and Secrets, in a healthy survey in which one thing is changed. */
import { diagnose } from '../../../verbs/doctor/diagnose';
import { NO_SERIES } from '../../../verbs/doctor/series';
import type { Survey } from '../../../verbs/doctor/survey';
import { named, sceneOf, TIME } from './survey';

const scene = sceneOf('alertmanager: { deadMansSwitch: { urlSecret: { name: heartbeat, key: url } } }\n');
const { survey } = scene;
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

describe('a claim with scheduled copies', () => {
  const scheduled = sceneOf("backup: {schedule: '30 2 * * *'}");
  const uid = 'a-uid';
  /** No CronJob has run yet. */
  const waiting = (reason: string, classes: Survey['classes'] = [isDefault]): Partial<Survey> => ({
    classes,
    claims: scheduled.survey.claims.map((claim) =>
      claim.metadata.name === 'backup-grafana'
        ? { ...claim, metadata: { ...claim.metadata, uid }, status: { phase: 'Pending' } }
        : claim,
    ),
    events: [
      { metadata: { name: 'event' }, reason, involvedObject: { kind: 'PersistentVolumeClaim', name: 'x', uid } },
    ],
  });
  const part = 'PersistentVolumeClaim/backup-grafana';

  test('may wait for its first pod', () => {
    expect(scheduled.desired.claims.find(({ name }) => name === 'backup-grafana')?.isForJobs).toBe(true);
    expect(scheduled.desired.claims.find(({ name }) => name === 'grafana-data')?.isForJobs).toBe(false);
    expect(named(scheduled, waiting('WaitForFirstConsumer'))).toEqual([]);
  });

  test('has a problem where no volume can be made, and where there is no class', () => {
    expect(named(scheduled, waiting('ProvisioningFailed'))).toEqual([`claim-pending ${part}`]);
    expect(named(scheduled, waiting('WaitForFirstConsumer', [standard]))).toEqual([`no-default-storage-class ${part}`]);
  });
});
