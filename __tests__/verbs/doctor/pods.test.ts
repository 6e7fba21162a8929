/** Pods that are not ready: events that are over, pods that their node has ended, answers of registries. */
import { diagnose } from '../../../verbs/doctor/diagnose';
import type { ClusterEvent, ContainerStatus, Pod } from '../../../verbs/objects';
import { named, sceneOf } from './survey';

const scene = sceneOf('janServer: null\n');
const { survey } = scene;
const NAME = 'jaeger-5d9-x1';

const withPods = (change: (pod: Pod) => readonly Pod[], ready = 0) => ({
  controllers: survey.controllers.map((one) =>
    one.metadata.name === 'jaeger' ? { ...one, status: { ...one.status, readyReplicas: ready } } : one,
  ),
  pods: survey.pods.flatMap((pod) => (pod.metadata.name === NAME ? change(pod) : [pod])),
});
const waiting = (reason: string, message = ''): ContainerStatus => ({
  name: 'jaeger',
  ready: false,
  restartCount: 0,
  state: { waiting: { reason, message } },
});
const pending = (status: ContainerStatus) =>
  withPods((pod) => [{ ...pod, status: { phase: 'Pending', containerStatuses: [status] } }]);
type Reason = readonly [reason: string, message: string];
const events = (...all: readonly Reason[]): { events: ClusterEvent[] } => ({
  events: all.map(([reason, message]) => ({
    metadata: { name: reason },
    involvedObject: { kind: 'Pod', name: NAME, uid: NAME },
    reason,
    message,
  })),
});
const LATE = ['FailedMount', 'MountVolume.SetUp failed: failed to sync configmap cache: timed out'] as const;
const MISSING = ['FailedMount', 'MountVolume.SetUp failed: configmap "x" not found'] as const;

describe('a volume', () => {
  const creating = pending(waiting('ContainerCreating'));
  const said = (...all: readonly Reason[]) => named(scene, { ...creating, ...events(...all) });
  test('that cannot be mounted', () => expect(said(MISSING)).toEqual(['mount-failed Deployment/jaeger']));
  test('that was mounted late', () =>
    expect(said(MISSING, ['Pulling', 'Pulling image'])).toEqual(['starting Deployment/jaeger']));
  test('whose ConfigMap the node is still reading', () => expect(said(LATE)).toEqual(['starting Deployment/jaeger']));
  test('that was mounted late does not hide another cause', () => {
    const pull = [['Pulling', 'Pulling image'] as const, ['Failed', 'Failed to pull image: not found'] as const];
    const back = pending(waiting('ImagePullBackOff', 'Back-off pulling image'));
    expect(named(scene, { ...back, ...events(MISSING, ...pull) })).toEqual(['image-not-found Deployment/jaeger']);
    const key = pending(waiting('CreateContainerConfigError', 'secret "x" not found'));
    expect(named(scene, { ...key, ...events(MISSING) })).toEqual(['config-object-missing Deployment/jaeger']);
  });
});

describe('a pod that its node has ended', () => {
  const failed =
    (reason: string, message = 'The node was low on resource: memory.') =>
    (pod: Pod) => ({
      ...pod,
      metadata: { ...pod.metadata, name: `${NAME}-old`, uid: 'old' },
      status: { phase: 'Failed', reason, message },
    });
  test('is said with its reason', () => {
    const evicted = withPods((pod) => [failed('Evicted')(pod)]);
    const [finding] = diagnose(scene.desired, { ...survey, ...evicted }, () => []);
    expect(finding).toMatchObject({ id: 'evicted', cause: expect.stringMatching(/evicted.*low on resource: memory/) });
    const rejected = withPods((pod) => [failed('NodeAffinity', 'no node label matches')(pod)]);
    expect(named(scene, rejected)).toEqual(['pod-failed Deployment/jaeger']);
  });
  test('is not said once it is replaced', () => {
    expect(
      named(
        scene,
        withPods((pod) => [failed('Evicted')(pod), pod], 1),
      ),
    ).toEqual([]);
    const starting = withPods((pod) => [
      failed('Evicted')(pod),
      { ...pod, status: { phase: 'Pending', containerStatuses: [waiting('ContainerCreating')] } },
    ]);
    expect(named(scene, starting)).toEqual(['starting Deployment/jaeger']);
  });
});

const IMAGE = 'registry.example.com:4031/denied/jaeger:1.401-x509';
test.each<[answer: string, id: string]>([
  [`failed to resolve reference "${IMAGE}": ${IMAGE}: not found`, 'image-not-found'],
  [
    `failed to do request: Head "https://registry.example.com:4031/v2/denied/jaeger/manifests/1.401-x509": EOF`,
    'image-not-pulled',
  ],
  [`${IMAGE}@sha256:${'401403'.repeat(10)}abcd: manifest unknown`, 'image-not-found'],
  [`failed to authorize: unexpected status from GET request to https://x/401: 403 Forbidden`, 'image-pull-denied'],
  [
    `failed to resolve reference "${IMAGE}": unexpected status from HEAD request: 401 Unauthorized`,
    'image-pull-denied',
  ],
  ['invalid status code from registry 403 (Forbidden)', 'image-pull-denied'],
  ['pull access denied, repository does not exist or may require authorization', 'image-pull-denied'],
  ['dial tcp: lookup registry.example.com: no such host', 'registry-unreachable'],
])('%s', (answer, id) => {
  const pulling = pending(waiting('ImagePullBackOff', `Back-off pulling image "${IMAGE}"`));
  const pods = pulling.pods.map((pod) => ({
    ...pod,
    spec: { ...pod.spec, containers: pod.spec.containers.map((one) => ({ ...one, image: IMAGE })) },
  }));
  const failure = events(['Failed', `Failed to pull image "${IMAGE}": ${answer}`]);
  expect(named(scene, { ...pulling, pods, ...failure })).toEqual([`${id} Deployment/jaeger`]);
});

test('the log of a Job that has ended does not fill the claim that it used', () => {
  const job: Pod = {
    metadata: { name: 'backup-1', namespace: 'jan-monitoring' },
    spec: {
      containers: [{ name: 'backup', image: 'x' }],
      volumes: [{ persistentVolumeClaim: { claimName: 'prometheus-data' } }],
    },
    status: { phase: 'Failed' },
  };
  const logs = new Map([['backup-1/backup', 'write: no space left on device']]);
  expect(named(scene, { pods: [...survey.pods, job], logs, series: null })).toEqual([]);
});
