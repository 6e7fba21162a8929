/** What monitor-status says of states as an API server gives them. `__tests__/cluster` makes the same states in a real one. */
import { commandsFor, DOCUMENTED } from '../../../verbs/commands';
import type { DesiredState } from '../../../verbs/doctor/desired-state';
import { desiredState } from '../../../verbs/doctor/desired-state';
import { diagnoseStart as diagnose } from '../../../verbs/doctor/diagnose';
import { expectedOf } from '../../../verbs/expected';
import type { Claim, ClusterEvent, ContainerStatus, Controller, Pod } from '../../../verbs/objects';
import type { State } from '../../../verbs/state';
import { configFrom } from '../../support';

const LABELS = { app: 'jaeger' };
const DESIRED: DesiredState = {
  ...desiredState(expectedOf(configFrom('namespace: mon\njanServer: null\n')), DOCUMENTED),
  namespace: 'mon',
  extra: [],
  controllers: [{ kind: 'Deployment', name: 'jaeger', replicas: 2 }],
  claims: [{ name: 'jaeger-data', className: null, size: '10Gi', isRendered: true, isForJobs: false }],
  secrets: new Map([['store', { users: ['jaeger'], keys: ['password'] }]]),
  commands: DOCUMENTED,
};
const controller = (changes: Partial<Controller['spec']> = {}, ready = 2): Controller => ({
  kind: 'Deployment',
  metadata: { name: 'jaeger', generation: 3 },
  spec: { replicas: 2, selector: { matchLabels: LABELS }, ...changes },
  status: { observedGeneration: 3, replicas: 2, updatedReplicas: 2, readyReplicas: ready },
});
const claim = (phase: string, metadata: object = {}): Claim => ({
  metadata: { name: 'jaeger-data', uid: 'claim', ...metadata },
  spec: { storageClassName: 'fast' },
  status: { phase },
});
const pod = (status: Pod['status'], name = 'jaeger-1'): Pod => ({
  metadata: { name, namespace: 'mon', uid: name, labels: LABELS },
  spec: {
    containers: [{ name: 'jaeger', image: 'jaeger:1' }],
    volumes: [{ persistentVolumeClaim: { claimName: 'jaeger-data' } }],
  },
  status,
});
const event = (kind: string, name: string, reason: string, message: string): ClusterEvent => ({
  metadata: { name: 'event' },
  involvedObject: { kind, name, uid: name },
  reason,
  message,
});
const container = (changes: Partial<ContainerStatus>): Pod =>
  pod({ phase: 'Running', containerStatuses: [{ name: 'jaeger', ready: false, restartCount: 3, ...changes }] });
const unscheduled = (message: string) =>
  pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', message }] });

const WELL: State = {
  controllers: [controller()],
  pods: [],
  claims: [claim('Bound')],
  events: [],
  secrets: new Map([['store', { keys: ['password'], created: '', written: '' }]]),
};
const unhealthy = (pods: readonly Pod[], events: readonly ClusterEvent[] = []): Partial<State> => ({
  controllers: [controller({}, 0)],
  pods,
  events,
});
const waiting = (reason: string, message = '') => container({ state: { waiting: { reason, message } } });
const ended = (reason: string, exitCode: number) =>
  container({ state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { reason, exitCode } } });

const CASES: readonly (readonly [what: string, state: Partial<State>, part: RegExp, cause: RegExp, next: RegExp])[] = [
  ['no Deployment', { controllers: [] }, /^Deployment\/jaeger$/, /does not exist/, /monitor-up/],
  ['scaled to zero', { controllers: [controller({ replicas: 0 })] }, /jaeger/, /scaled to zero/, /scales it back to 2/],
  ['scaled down', { controllers: [controller({ replicas: 1 })] }, /jaeger/, /scaled to 1 of 2/, /scales it back to 2/],
  ['no claim', { claims: [] }, /^PersistentVolumeClaim\/jaeger-data$/, /does not exist/, /monitor-up/],
  ['a claim that pends', { claims: [claim('Pending')] }, /jaeger-data/, /StorageClass fast/, /get storageclass/],
  ['a claim that is lost', { claims: [claim('Lost')] }, /jaeger-data/, /PersistentVolume is gone/, /restore its/],
  [
    'a claim that is being deleted',
    { claims: [claim('Bound', { deletionTimestamp: 'now' })] },
    /jaeger-data/,
    /being deleted/,
    /monitor-down/,
  ],
  [
    'no Secret',
    { secrets: new Map() },
    /^Secret\/store$/,
    /does not exist.*jaeger/,
    /create secret generic store --from-literal=password=VALUE/,
  ],
  [
    "no Secret of Grafana's password",
    { claims: [claim('Bound', { annotations: { 'cdk8s-observability/admin-secret': 'grafana-admin' } })] },
    /^Secret\/grafana-admin$/,
    /held the password/,
    /GRAFANA_ADMIN_PASSWORD=/,
  ],
  [
    'a wrong image',
    unhealthy([waiting('ImagePullBackOff', 'not found')]),
    /jaeger/,
    /ImagePullBackOff: not found/,
    /images\./,
  ],
  [
    'a node that does not pass on mounts',
    unhealthy([waiting('CreateContainerError', 'path "/" is mounted on "/" but it is not a shared or slave mount')]),
    /jaeger/,
    /not a shared/,
    /mount --make-rshared/,
  ],
  [
    'a missing key',
    unhealthy([waiting('CreateContainerConfigError', 'no key')]),
    /jaeger/,
    /no key/,
    /Secret or ConfigMap/,
  ],
  ['out of memory', unhealthy([ended('OOMKilled', 137)]), /jaeger/, /OOMKilled\), 3 restarts/, /resources\.memory/],
  ['a crash', unhealthy([ended('Error', 2)]), /jaeger/, /exits with code 2, 3 restarts/, /last log lines/],
  [
    'not ready',
    unhealthy([container({ state: { running: {} } })], [event('Pod', 'jaeger-1', 'Unhealthy', 'probe failed: 503')]),
    /jaeger/,
    /is running but not ready: probe failed: 503/,
    /logs jaeger-1/,
  ],
  [
    'no room',
    unhealthy([unscheduled('0/3 nodes: Insufficient cpu')]),
    /jaeger/,
    /cannot be scheduled.*Insufficient/,
    /add a node/,
  ],
  ['a taint', unhealthy([unscheduled('untolerated taint')]), /jaeger/, /taint/, /remove its taint/],
  [
    'no volume',
    unhealthy([pod({ phase: 'Pending' })], [event('Pod', 'jaeger-1', 'FailedMount', 'configmap "x" not found')]),
    /jaeger/,
    /cannot mount a volume: configmap "x"/,
    /create the object that the message names/,
  ],
  [
    'a quota',
    unhealthy([], [event('ReplicaSet', 'jaeger-7', 'FailedCreate', 'exceeded quota')]),
    /jaeger/,
    /cannot be created: exceeded quota/,
    /raise the ResourceQuota/,
  ],
  [
    'a rollout',
    unhealthy([
      pod({ phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }),
      pod({ phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }, 'jaeger-2'),
    ]),
    /jaeger/,
    /rolled out/,
    /wait/,
  ],
];

test('a healthy stack has no problem', () => expect(diagnose(DESIRED, WELL)).toEqual([]));

test.each(CASES)('%s', (_what, state, part, cause, next) => {
  const findings = diagnose(DESIRED, { ...WELL, ...state });
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({
    part: expect.stringMatching(part),
    cause: expect.stringMatching(cause),
    next: expect.stringMatching(next),
  });
});

test('a pod that waits for a claim which pends is said once, by the claim', () => {
  const state = {
    ...WELL,
    ...unhealthy([unscheduled('pod has unbound immediate PersistentVolumeClaims')]),
    claims: [claim('Pending')],
  };
  expect(diagnose(DESIRED, state).map(({ part }) => part)).toEqual(['PersistentVolumeClaim/jaeger-data']);
});

test('a claim that is bound for its first pod is not the cause where no node has room', () => {
  const wanted = { ...DESIRED, claims: [] };
  const state = { ...WELL, ...unhealthy([unscheduled('Insufficient cpu')]), claims: [claim('Pending')] };
  expect(diagnose(wanted, state)[0]?.cause).toMatch(/^pod jaeger-1 cannot be scheduled/);
});

test('what several pods suffer from is said once', () => {
  const { status } = unscheduled('Insufficient cpu');
  const findings = diagnose(DESIRED, { ...WELL, ...unhealthy([pod(status), pod(status, 'jaeger-2')]) });
  expect(findings.map(({ cause }) => cause)).toEqual([
    'pod jaeger-1 cannot be scheduled: Insufficient cpu (also jaeger-2)',
  ]);
});

test('the next step is for the cluster and the environment that were looked at', () => {
  const commands = commandsFor({ context: 'prod', variables: { ENVIRONMENT: 'production', CONTEXT: 'prod' } });
  const state = { ...WELL, ...unhealthy([unscheduled('had taint')]), claims: [], secrets: new Map() };
  const next = diagnose({ ...DESIRED, commands }, state).map((finding) => finding.next);
  expect(next).toEqual([
    'make monitor-up ENVIRONMENT=production CONTEXT=prod',
    expect.stringMatching(/^kubectl --context prod -n mon create secret .* make monitor-up ENVIRONMENT=production/),
    expect.stringMatching(/^make a node ready or remove its taint: kubectl --context prod describe nodes;/),
  ]);
});
