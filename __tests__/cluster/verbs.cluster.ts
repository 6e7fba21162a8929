/** A life of the stack: up, forwarded ports, what breaks and how it is named, logs, down. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect as connectTo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clean, freeVolumes, kubectl, project, run, start, until } from './cluster';

const NAMESPACE = 'verbs-test';
const JAN = 'verbs-jan';
const PORTS = {
  GRAFANA_PORT: '23001',
  PROMETHEUS_PORT: '29090',
  JAEGER_UI_PORT: '26686',
  OTEL_HTTP_PORT: '24318',
  OTEL_GRPC_PORT: '24317',
};
const root = project(`namespace: ${NAMESPACE}\njanServer: { namespace: ${JAN} }\n`);

const inStack = (...args: readonly string[]) => kubectl(['-n', NAMESPACE, ...args]);
const forwarders = () =>
  execFileSync('sh', ['-c', `ps -eo args | grep -c "[p]ort-forward.*:9090" || true`], { encoding: 'utf8' }).trim();

/** Waits until monitor-status says it, and then lets monitor-up mend it. */
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

async function mended(): Promise<void> {
  const { code, output } = await run(root, 'up', { TIMEOUT: '180' });
  if (code !== 0) throw new Error(output);
  expect((await run(root, 'status')).code).toBe(0);
}

beforeAll(() => clean(NAMESPACE, JAN));
afterAll(() => clean(NAMESPACE, JAN));

test('up: says that there is no Jan Server, shows each workload, makes a password', async () => {
  const { code, output } = await run(root, 'up', { TIMEOUT: '180' });
  expect(output).toMatch(/namespace verbs-jan does not exist yet/);
  for (const name of ['otel-collector', 'prometheus', 'jaeger', 'grafana'])
    expect(output).toMatch(new RegExp(`${name} +ready`));
  expect(output).toMatch(/All is ready\.[\s\S]*get secret grafana-admin/);
  expect(code).toBe(0);
  const password = inStack('get', 'secret', 'grafana-admin', '-o', 'jsonpath={.data.admin-password}');
  expect(Buffer.from(password, 'base64').toString()).toMatch(/^[\w-]{24}$/);
  expect(output).not.toContain(Buffer.from(password, 'base64').toString());
  // A second run changes nothing.
  const pods = () => inStack('get', 'pods', '-o', 'jsonpath={.items[*].metadata.uid}');
  const before = pods();
  await mended();
  expect(pods()).toBe(before);
  expect(inStack('get', 'secret', 'grafana-admin', '-o', 'jsonpath={.data.admin-password}')).toBe(password);
});

test("Jan Server's namespace comes later: the next up makes the Roles there, and down removes them", async () => {
  const roles = () =>
    kubectl(['get', 'roles,rolebindings', '-n', JAN, '-o', 'name']).trim().split('\n').filter(Boolean);
  kubectl(['create', 'namespace', JAN]);
  await mended();
  expect(roles()).toHaveLength(4);
  expect((await run(root, 'down')).code).toBe(0);
  expect(roles()).toEqual([]);
  await mended();
});

test('forwarded ports lead to the programs, survive a new pod, and end with Ctrl-C', async () => {
  const verb = start(root, 'up', { ...PORTS, FORWARD: 'yes' });
  await verb.printed(/Forwarding until Ctrl-C[\s\S]*http:\/\/localhost:29090/);
  const isUp = () =>
    fetch('http://127.0.0.1:29090/-/ready').then(
      ({ ok }) => ok,
      () => false,
    );
  await until(isUp, 'Prometheus behind its port');
  inStack('delete', 'pod', '-l', 'app.kubernetes.io/name=prometheus');
  await until(async () => !(await isUp()), 'the port to notice');
  await until(isUp, 'Prometheus behind its port again');
  verb.child.kill('SIGINT');
  expect(await verb.ended).toBe(130);
  await until(() => forwarders() === '0', 'no kubectl to be left');
});

test('a verb that is killed outright leaves no forward behind', async () => {
  const verb = start(root, 'up', { ...PORTS, FORWARD: 'yes' });
  await verb.printed(/Forwarding until Ctrl-C/);
  await until(() => forwarders() !== '0', 'the forward');
  verb.child.kill('SIGKILL');
  await until(() => forwarders() === '0', 'no kubectl to be left');
});

describe('monitor-status names what is sick, and monitor-up mends it', () => {
  const deployment = (container: object) => ({ spec: { template: { spec: { containers: [container] } } } });
  const image = 'prom/prometheus:v3.16.0';

  test.each<[what: string, sicken: () => void, said: RegExp]>([
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
      /Deployment\/prometheus\n {2}cause {2}container prometheus of .* ends with exit code 1[\s\S]*log {4}.*no-such-flag/,
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
      /Deployment\/jaeger\n {2}cause {2}pod jaeger-.* fits no node: .*Insufficient cpu[\s\S]*next {3}add a node/,
    ],
    [
      'a ConfigMap that is gone',
      () => {
        inStack('delete', 'configmap/jaeger-config');
        inStack('delete', 'pod', '-l', 'app.kubernetes.io/name=jaeger');
      },
      /Deployment\/jaeger\n {2}cause {2}pod jaeger-.* cannot mount a volume: .*jaeger-config/,
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
      /Deployment\/jaeger\n {2}cause {2}container jaeger of .* runs and is not ready: Readiness probe failed/,
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
  ])('%s', async (_what, sicken, said) => {
    sicken();
    await named(said);
    await mended();
  });

  test('more memory than the limit, as a kubelet says it: not every kernel of a test cluster enforces limits', async () => {
    const pods = () => inStack('get', 'pods', '-l', 'app.kubernetes.io/name=prometheus', '-o', 'name').trim();
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
    // A field that we do not set is not ours to take back.
    scheduler('default-scheduler');
    await mended();
  });

  test('a full quota', async () => {
    inStack('create', 'quota', 'small', '--hard=pods=1');
    inStack('delete', 'pod', '-l', 'app.kubernetes.io/name=jaeger', '--wait=false');
    await named(
      /Deployment\/jaeger\n {2}cause {2}pods cannot be created: .*quota[\s\S]*next {3}raise the ResourceQuota/,
    );
    inStack('delete', 'quota', 'small');
    await until(async () => (await run(root, 'status')).code === 0, 'all to be well again');
  });

  test('a claim that is gone, and one that no StorageClass serves', async () => {
    inStack('scale', 'deployment/jaeger', '--replicas=0');
    await until(
      () => inStack('get', 'pods', '-l', 'app.kubernetes.io/name=jaeger', '-o', 'name') === '',
      'no pod of Jaeger',
    );
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
      /PersistentVolumeClaim\/jaeger-data\n {2}cause {2}it is pending, with StorageClass none[\s\S]*next {3}kubectl get storageclass/,
    );
    inStack('delete', 'pvc', 'jaeger-data', '--wait=false');
    inStack('scale', 'deployment/jaeger', '--replicas=0');
    await until(() => !inStack('get', 'pvc', '-o', 'name').includes('jaeger-data'), 'the claim to go');
    freeVolumes();
    await mended();
  });
});

test('up that cannot finish says why, and exits with 1', async () => {
  const broken = project(`namespace: ${NAMESPACE}\njanServer: null\nimages: { jaeger: { tag: v0-none } }\n`);
  const { code, output } = await run(broken, 'up', { TIMEOUT: '20' });
  expect(code).toBe(1);
  expect(output).toMatch(
    /Not ready after 20 seconds:[\s\S]*Deployment\/jaeger\n {2}cause {2}.*(ImagePullBackOff|ErrImagePull)[\s\S]*next/,
  );
  await mended();
});

test('a verb killed half way, and a lost API server: the next run goes on', async () => {
  inStack('delete', 'deployment', '--all');
  const killed = start(root, 'up');
  await killed.printed(/into namespace/);
  killed.child.kill('SIGKILL');
  await killed.ended;
  const away = await lossyKubeconfig();
  const lost = start(root, 'up', { KUBECONFIG: away.file });
  await lost.printed(/into namespace/);
  await away.close();
  expect(await lost.ended).toBe(1);
  expect(lost.output()).toMatch(/fix {2}the API server is away/);
  await mended();
});

test('logs have their workload before each line, and follow a restart', async () => {
  const verb = start(root, 'logs', { TAIL: '3' });
  await verb.printed(/^prometheus +\| /m);
  await verb.printed(/^otel-collector +\| /m);
  const uid = inStack('get', 'pods', '-l', 'app.kubernetes.io/name=opentelemetry-collector', '-o', 'name');
  inStack('delete', 'pod', '-l', 'app.kubernetes.io/name=opentelemetry-collector');
  await until(
    () => inStack('get', 'pods', '-l', 'app.kubernetes.io/name=opentelemetry-collector', '-o', 'name') !== uid,
    'a new pod',
  );
  await verb.printed(/^otel-collector +\| .*Starting otelcol/m);
  verb.child.kill('SIGINT');
  expect(await verb.ended).toBe(130);
});

test('dev keeps every trace and prints what passes; up takes it back', async () => {
  expect((await run(root, 'dev', { TIMEOUT: '180' })).code).toBe(0);
  const config = () => inStack('get', 'configmap', 'otel-collector-config', '-o', 'jsonpath={.data.config\\.yaml}');
  expect(config()).toMatch(/verbosity: detailed/);
  expect(inStack('get', 'configmap', 'jaeger-sampling', '-o', 'json')).toMatch(/probabilistic/);
  await mended();
  expect(config()).not.toMatch(/verbosity: detailed/);
  // What is no longer rendered is gone.
  expect(inStack('get', 'configmap', '-o', 'name')).not.toMatch(/jaeger-sampling/);
});

test('down keeps the claims; down-v asks, and then removes them and the Secret', async () => {
  const claims = () => inStack('get', 'pvc', '-o', 'name').trim().split('\n').filter(Boolean);
  const down = await run(root, 'down');
  expect(down.output).toMatch(/kept {2}persistentvolumeclaim\/prometheus-data/);
  expect(inStack('get', 'deployments,services,networkpolicies', '-o', 'name')).toBe('');
  expect(claims()).toHaveLength(4);
  const unconfirmed = await run(root, 'down-v');
  expect(unconfirmed.code).toBe(1);
  expect(unconfirmed.output).toMatch(/YES=1 confirms/);
  expect(claims()).toHaveLength(4);
  expect((await run(root, 'down-v', { YES: '1' })).code).toBe(0);
  expect(claims()).toHaveLength(0);
  expect(inStack('get', 'secrets', '-o', 'name')).toBe('');
  freeVolumes();
});

/** A kubeconfig whose server is a tunnel that can be cut. */
async function lossyKubeconfig(): Promise<{ file: string; close: () => Promise<void> }> {
  type View = { clusters: { cluster: { server: string; 'tls-server-name'?: string } }[] };
  const view = JSON.parse(kubectl(['config', 'view', '--minify', '--flatten', '--raw', '-o', 'json'])) as View;
  const cluster = view.clusters[0]?.cluster;
  if (cluster === undefined) throw new Error('the context has no cluster');
  const { hostname, port } = new URL(cluster.server);
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connectTo(Number(port || 443), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cluster['tls-server-name'] ??= hostname;
  cluster.server = `https://127.0.0.1:${(server.address() as { port: number }).port}`;
  const file = join(mkdtempSync(join(tmpdir(), 'kubeconfig-')), 'config');
  writeFileSync(file, JSON.stringify(view), { mode: 0o600 });
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { file, close };
}
