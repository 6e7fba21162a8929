/** A life of the stack: up, forwarded ports, verbs that are stopped, logs, down. */
import { execFileSync } from 'node:child_process';
import {
  CONTEXT,
  clean,
  clusterRights,
  FORWARDED,
  freeVolumes,
  kubectl,
  project,
  run,
  stackIn,
  start,
  until,
} from './cluster';
import { lossyKubeconfig } from './lossy-kubeconfig';

const NAMESPACE = 'verbs-test';
const JAN = 'verbs-jan';
const { root, inStack, podsOf, deletePods, repaired } = stackIn(NAMESPACE, `janServer: { namespace: ${JAN} }\n`);

const forwarders = () =>
  execFileSync('sh', ['-c', `ps -eo args | grep -c "[p]ort-forward.*:9090" || true`], { encoding: 'utf8' }).trim();

beforeAll(() => clean(NAMESPACE, JAN));
afterAll(() => clean(NAMESPACE, JAN));

test('up: says that there is no Jan Server, shows each workload, makes a password', async () => {
  const { code, output } = await run(root, 'up', { TIMEOUT: '180' });
  expect(output).toMatch(/namespace verbs-jan does not exist yet/);
  for (const name of ['otel-collector', 'prometheus', 'alertmanager', 'jaeger', 'grafana', 'kube-state-metrics'])
    expect(output).toMatch(new RegExp(`${name} +ready`));
  expect(output).toMatch(/Everything is ready\.[\s\S]*get secret grafana-admin/);
  expect(code).toBe(0);
  const password = inStack('get', 'secret', 'grafana-admin', '-o', 'jsonpath={.data.admin-password}');
  expect(Buffer.from(password, 'base64').toString()).toMatch(/^[\w-]{24}$/);
  expect(output).not.toContain(Buffer.from(password, 'base64').toString());
  // A second run changes nothing.
  const pods = () => inStack('get', 'pods', '-o', 'jsonpath={.items[*].metadata.uid}');
  const before = pods();
  await repaired();
  expect(pods()).toBe(before);
  expect(inStack('get', 'secret', 'grafana-admin', '-o', 'jsonpath={.data.admin-password}')).toBe(password);
});

test("Jan Server's namespace comes later: the next up makes the Roles there, and down removes them", async () => {
  const roles = () =>
    kubectl(['get', 'roles,rolebindings', '-n', JAN, '-o', 'name']).trim().split('\n').filter(Boolean);
  kubectl(['create', 'namespace', JAN]);
  await repaired();
  expect(roles()).toHaveLength(6);
  expect(clusterRights(NAMESPACE)).toHaveLength(2);
  expect((await run(root, 'down')).code).toBe(0);
  expect(roles()).toEqual([]);
  expect(clusterRights(NAMESPACE)).toEqual([]);
  await repaired();
});

test('forwarded ports lead to the programs, survive a new pod, and end with Ctrl-C', async () => {
  const verb = start(root, 'up', { ...FORWARDED, FORWARD: 'yes' });
  await verb.printed(/Forwarding ports until Ctrl-C[\s\S]*http:\/\/localhost:29090/);
  const isUp = () =>
    fetch('http://127.0.0.1:29090/-/ready').then(
      ({ ok }) => ok,
      () => false,
    );
  await until(isUp, 'Prometheus behind its port');
  deletePods('prometheus');
  await until(async () => !(await isUp()), 'the port to notice');
  await until(isUp, 'Prometheus behind its port again');
  verb.child.kill('SIGINT');
  expect(await verb.ended).toBe(130);
  await until(() => forwarders() === '0', 'no kubectl to be left');
});

/** An OTLP request with one span, whose name has so many bytes. @returns its status; null where the connection was lost */
const sendSpan = (bytes: number) => {
  const now = BigInt(Date.now()) * 1_000_000n;
  const span = {
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: 'eee19b7ec3c1b174',
    name: 'x'.repeat(bytes),
    kind: 2,
    startTimeUnixNano: `${now}`,
    endTimeUnixNano: `${now + 1000n}`,
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'verbs-test' } }] };
  return fetch(`http://127.0.0.1:${FORWARDED.OTEL_HTTP_PORT}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }),
  }).then(
    ({ status }) => status,
    () => null,
  );
};

test('a request that is too large may end a forward; it comes back by itself, and says so once', async () => {
  const verb = start(root, 'up', { ...FORWARDED, FORWARD: 'yes' });
  await verb.printed(/Forwarding ports until Ctrl-C/);
  const isAccepted = async () => (await sendSpan(10)) === 200;
  await until(isAccepted, 'a small request to be accepted');
  for (let count = 0; count < 3; count += 1) {
    expect(await sendSpan(5_000_000)).not.toBe(200);
    await until(isAccepted, 'a small request to be accepted after a large one', 30);
  }
  // Whether the Collector's refusal ends kubectl depends on how much of the request was on its way. This ends it for certain.
  const forwarder = `[p]ort-forward .*${FORWARDED.PROMETHEUS_PORT}:9090`;
  execFileSync('sh', [
    '-c',
    `ps -eo pid,comm,args | grep "${forwarder}" | awk '$2 == "kubectl" {print $1}' | xargs kill`,
  ]);
  const again = `port ${FORWARDED.PROMETHEUS_PORT} is forwarded to prometheus again`;
  await verb.printed(new RegExp(`^\\d\\d:\\d\\d:\\d\\d {2}${again}`, 'm'));
  expect(verb.output().split(again)).toHaveLength(2);
  verb.child.kill('SIGINT');
  expect(await verb.ended).toBe(130);
  await until(() => forwarders() === '0', 'no kubectl to be left');
});

test('a verb that is killed outright leaves no forward behind', async () => {
  const verb = start(root, 'up', { ...FORWARDED, FORWARD: 'yes' });
  await verb.printed(/Forwarding ports until Ctrl-C/);
  await until(() => forwarders() !== '0', 'the forward');
  verb.child.kill('SIGKILL');
  await until(() => forwarders() === '0', 'no kubectl to be left');
});

test('up that cannot finish says why, and exits with 1', async () => {
  const broken = project(`namespace: ${NAMESPACE}\njanServer: null\nimages: { jaeger: { tag: v0-none } }\n`);
  const { code, output } = await run(broken, 'up', { TIMEOUT: '20' });
  expect(code).toBe(1);
  expect(output).toMatch(
    /Not ready after 20 seconds:[\s\S]*Deployment\/jaeger\n {2}cause {2}.*(ImagePullBackOff|ErrImagePull)[\s\S]*next/,
  );
  await repaired();
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
  expect(lost.output()).toMatch(/fix {2}the API server is unreachable/);
  await repaired();
});

test('logs have their workload before each line, and follow a restart', async () => {
  const verb = start(root, 'logs', { TAIL: '3' });
  await verb.printed(/^prometheus +\| /m);
  await verb.printed(/^otel-collector +\| /m);
  const old = podsOf('opentelemetry-collector');
  deletePods('opentelemetry-collector');
  await until(() => podsOf('opentelemetry-collector') !== old, 'a new pod');
  await verb.printed(/^otel-collector +\| .*Starting otelcol/m);
  verb.child.kill('SIGINT');
  expect(await verb.ended).toBe(130);
});

test('dev keeps every trace and prints what passes; up takes it back', async () => {
  expect((await run(root, 'dev', { TIMEOUT: '180' })).code).toBe(0);
  const config = () => inStack('get', 'configmap', 'otel-collector-config', '-o', 'jsonpath={.data.config\\.yaml}');
  expect(config()).toMatch(/verbosity: detailed/);
  expect(inStack('get', 'configmap', 'jaeger-sampling', '-o', 'json')).toMatch(/probabilistic/);
  await repaired();
  expect(config()).not.toMatch(/verbosity: detailed/);
  // What is no longer rendered is gone.
  expect(inStack('get', 'configmap', '-o', 'name')).not.toMatch(/jaeger-sampling/);
});

test('down keeps the claims; down-v asks, and then removes them and the Secret', async () => {
  const claims = () => inStack('get', 'pvc', '-o', 'name').trim().split('\n').filter(Boolean);
  const down = await run(root, 'down');
  expect(down.output).toMatch(/kept {2}persistentvolumeclaim\/prometheus-data/);
  expect(inStack('get', 'deployments,services,networkpolicies', '-o', 'name')).toBe('');
  expect(claims()).toHaveLength(5);
  const unconfirmed = await run(root, 'down-v');
  expect(unconfirmed.code).toBe(1);
  expect(unconfirmed.output).toMatch(/DELETE=\S+ confirms/);
  expect(claims()).toHaveLength(5);
  const yes = await run(root, 'down-v', { YES: '1' });
  expect([yes.code, yes.output]).toEqual([1, expect.stringMatching(/no terminal to confirm the deletion/)]);
  expect(claims()).toHaveLength(5);
  expect((await run(root, 'down-v', { DELETE: CONTEXT })).code).toBe(0);
  expect(claims()).toHaveLength(0);
  expect(inStack('get', 'secrets', '-o', 'name')).toBe('');
  freeVolumes();
});
