import { apply, kubectl, until } from '../../cluster/cluster';
import { list, NAMESPACE, OVERLAY, projectWith, up, verb } from '../stack';
import { PROJECT } from './first-up';

const inStack = (...args: readonly string[]) => kubectl(['-n', NAMESPACE, ...args]);

/** Waits until monitor-status names a problem with its cause. */
async function named(part: string, cause: RegExp): Promise<void> {
  let output = '';
  await until(async () => {
    const status = await verb(PROJECT, 'status');
    output = status.output;
    const [, text = ''] = output.match(new RegExp(`${part}\\n {2}cause {2}(.+)`)) ?? [];
    return status.code === 1 && cause.test(text);
  }, `monitor-status to name ${part}`).catch((error: Error) => {
    throw new Error(`${error.message}; it said\n${output}`);
  });
  expect(output).toMatch(/ {2}next {3}.+/);
}

/** It distinguishes broken from healthy. */
export function problems(): void {
  const isHealthy = async () => expect((await verb(PROJECT, 'status')).output).toMatch(/Everything is healthy/);
  afterEach(async () => {
    await up(PROJECT);
    await isHealthy();
  });

  test('reports a healthy stack', isHealthy);

  test('names a workload that is scaled to zero', async () => {
    inStack('scale', 'deployment/jaeger', '--replicas=0');
    await named('Deployment/jaeger', /it is scaled to zero/);
  });

  test('names an image that cannot be pulled', async () => {
    inStack('set', 'image', 'deployment/prometheus', 'prometheus=registry.invalid/prom/prometheus:none');
    await named('Deployment/prometheus', /container prometheus of .*(ImagePullBackOff|ErrImagePull)/);
  });

  test('names a Secret that was removed: of the administrator, and one that a program needs', async () => {
    const password = inStack('get', 'secret', 'grafana-admin', '-o', 'jsonpath={.data.admin-password}');
    inStack('delete', 'secret', 'grafana-admin');
    await named('Secret/grafana-admin', /does not exist, and it held the password/);
    const { code } = await verb(PROJECT, 'up', { GRAFANA_ADMIN_PASSWORD: Buffer.from(password, 'base64').toString() });
    expect(code).toBe(0);

    const passwordSecret = { name: 'away', key: 'password' };
    const remoteWrite = [
      { name: 'away', url: 'http://away.example.com/push', basicAuth: { username: 'jan', passwordSecret } },
    ];
    const project = projectWith(OVERLAY, { prometheus: { remoteWrite } });
    inStack('create', 'secret', 'generic', 'away', '--from-literal=password=e2e');
    await up(project);
    inStack('delete', 'secret', 'away');
    const status = await verb(project, 'status');
    expect(status.output).toMatch(
      /Secret\/away\n {2}cause {2}it does not exist; new pods of prometheus cannot start without it/,
    );
  });

  test('names a claim that is pending', async () => {
    inStack('scale', 'deployment/jaeger', '--replicas=0');
    await until(() => list(NAMESPACE, 'pods', '-l', 'app.kubernetes.io/name=jaeger').length === 0, 'no pod of Jaeger');
    inStack('delete', 'pvc', 'jaeger-data', '--wait');
    const labels = { 'app.kubernetes.io/part-of': 'cdk8s-observability', 'app.kubernetes.io/instance': NAMESPACE };
    apply({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'jaeger-data', namespace: NAMESPACE, labels },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'none', resources: { requests: { storage: '1Gi' } } },
    });
    inStack('scale', 'deployment/jaeger', '--replicas=1');
    await named('PersistentVolumeClaim/jaeger-data', /it is pending: the cluster has no StorageClass none; it has /);
    inStack('scale', 'deployment/jaeger', '--replicas=0');
    await until(() => list(NAMESPACE, 'pods', '-l', 'app.kubernetes.io/name=jaeger').length === 0, 'no pod of Jaeger');
    inStack('delete', 'pvc', 'jaeger-data', '--wait');
  });
}
