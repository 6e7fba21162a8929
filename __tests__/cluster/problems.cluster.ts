/** Each problem that monitor-status names, caused in a real cluster; monitor-up repairs it. */
import { clean, freeVolumes, kubectl, run, stackIn, until } from './cluster';

const NAMESPACE = 'verbs-problems';
const { root, inStack, podsOf, deletePods, repaired } = stackIn(NAMESPACE, 'janServer: null\n');

/** Waits until monitor-status says it, and then lets monitor-up repair it. */
async function named(pattern: RegExp): Promise<void> {
  let output = '';
  await until(async () => {
    const status = await run(root, 'status');
    output = status.output;
    return status.code === 1 && pattern.test(output);
  }, `monitor-status to say ${pattern}`).catch((error: Error) => {
    throw new Error(`${error.message}; it said\n${output}`);
  });
  expect(output).toMatch(/ {2}cause {2}.+\n {2}next {3}.+/);
}

beforeAll(async () => {
  clean(NAMESPACE);
  await repaired();
});
afterAll(() => clean(NAMESPACE));

const deployment = (container: object) => ({ spec: { template: { spec: { containers: [container] } } } });
const image = 'prom/prometheus:v3.16.0';

test.each<[what: string, damage: () => void, said: RegExp]>([
  [
    'scaled to zero',
    () => inStack('scale', 'deployment/jaeger', '--replicas=0'),
    /Deployment\/jaeger\n {2}cause {2}it is scaled to zero/,
  ],
  [
    'deleted',
    () => inStack('delete', 'deployment/otel-collector'),
    /Deployment\/otel-collector\n {2}cause {2}it does not exist/,
  ],
  [
    'an image that is not there',
    () => inStack('set', 'image', 'deployment/prometheus', `prometheus=registry.invalid/${image}`),
    /Deployment\/prometheus\n {2}cause {2}container prometheus of .*(ImagePullBackOff|ErrImagePull)/,
  ],
  [
    'a program that ends',
    () =>
      inStack(
        'patch',
        'deployment/prometheus',
        '--type=json',
        '-p',
        '[{"op":"add","path":"/spec/template/spec/containers/0/args/-","value":"--no-such-flag"}]',
      ),
    /Deployment\/prometheus\n {2}cause {2}container prometheus of .* exits with code 1[\s\S]*log {4}.*no-such-flag/,
  ],
  [
    'no node with room',
    () =>
      inStack(
        'patch',
        'deployment/jaeger',
        '--type=strategic',
        '-p',
        JSON.stringify(deployment({ name: 'jaeger', resources: { requests: { cpu: '900' } } })),
      ),
    /Deployment\/jaeger\n {2}cause {2}pod jaeger-.* cannot be scheduled: .*Insufficient cpu[\s\S]*next {3}add a node/,
  ],
  [
    'a ConfigMap that is gone',
    () => {
      inStack('delete', 'configmap/jaeger-config');
      deletePods('jaeger');
    },
    /ConfigMap\/jaeger-config\n {2}cause {2}it does not exist/,
  ],
  [
    'never ready',
    () =>
      inStack(
        'patch',
        'deployment/jaeger',
        '--type=strategic',
        '-p',
        JSON.stringify(deployment({ name: 'jaeger', readinessProbe: { httpGet: { path: '/nowhere' } } })),
      ),
    /Deployment\/jaeger\n {2}cause {2}container jaeger of .* is running but not ready: Readiness probe failed/,
  ],
  [
    'refused by an admission',
    () =>
      inStack(
        'patch',
        'deployment/jaeger',
        '--type=json',
        '-p',
        '[{"op":"remove","path":"/spec/template/spec/securityContext"}]',
      ),
    /Deployment\/jaeger\n {2}cause {2}pods cannot be created: .*violates PodSecurity/,
  ],
])('%s', async (_what, damage, said) => {
  damage();
  await named(said);
  await repaired();
});

test('more memory than the limit, as a kubelet says it: not every kernel of a test cluster enforces limits', async () => {
  const pods = () => podsOf('prometheus');
  const old = pods();
  const scheduler = (schedulerName: string) =>
    inStack(
      'patch',
      'deployment/prometheus',
      '-p',
      JSON.stringify({ spec: { template: { spec: { schedulerName } } } }),
    );
  scheduler('nobody');
  await until(() => pods() !== '' && !pods().includes(old), 'a pod that no kubelet touches');
  const killed = { reason: 'OOMKilled', exitCode: 137 };
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off restarting failed container' };
  const name = 'prometheus';
  const container = { name, image: name, imageID: '', ready: false, restartCount: 3 };
  const containerStatuses = [{ ...container, state: { waiting }, lastState: { terminated: killed } }];
  inStack('patch', pods(), '--subresource=status', '-p', JSON.stringify({ status: { containerStatuses } }));
  await named(/Deployment\/prometheus\n {2}cause {2}container prometheus of .*OOMKilled\), 3 restarts/);
  // monitor-up does not revert a field that we do not set.
  scheduler('default-scheduler');
  await repaired();
});

test('a full quota', async () => {
  inStack('create', 'quota', 'small', '--hard=pods=1');
  deletePods('jaeger', '--wait=false');
  await named(/Deployment\/jaeger\n {2}cause {2}pods cannot be created: .*quota[\s\S]*next {3}raise the ResourceQuota/);
  inStack('delete', 'quota', 'small');
  await until(async () => (await run(root, 'status')).code === 0, 'all to be well again');
});

test('a claim that is gone, and one that no StorageClass serves', async () => {
  inStack('scale', 'deployment/jaeger', '--replicas=0');
  await until(() => podsOf('jaeger') === '', 'no pod of Jaeger');
  inStack('delete', 'pvc', 'jaeger-data', '--wait');
  await named(/PersistentVolumeClaim\/jaeger-data\n {2}cause {2}it does not exist/);
  const spec = {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'none',
    resources: { requests: { storage: '1Gi' } },
  };
  const labels = { 'app.kubernetes.io/part-of': 'cdk8s-observability', 'app.kubernetes.io/instance': NAMESPACE };
  const metadata = { name: 'jaeger-data', namespace: NAMESPACE, labels };
  kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec }));
  inStack('scale', 'deployment/jaeger', '--replicas=1');
  await named(
    /PersistentVolumeClaim\/jaeger-data\n {2}cause {2}it is pending: the cluster has no StorageClass none; it has [\s\S]*next {3}set storage\.className/,
  );
  inStack('delete', 'pvc', 'jaeger-data', '--wait=false');
  inStack('scale', 'deployment/jaeger', '--replicas=0');
  await until(() => !inStack('get', 'pvc', '-o', 'name').includes('jaeger-data'), 'the claim to go');
  freeVolumes();
  await repaired();
});
