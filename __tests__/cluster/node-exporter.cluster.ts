/** node-exporter is in a namespace of its own, and the verbs know it there. */
import { clean, kubectl, run, stackIn, until } from './cluster';

const NAMESPACE = 'verbs-nodes';
const NODES = 'verbs-node-exporter';
const { root, repaired } = stackIn(
  NAMESPACE,
  `janServer: null\nnodeExporter: { enabled: true, namespace: ${NODES} }\n`,
);

beforeAll(() => clean(NAMESPACE, NODES));
afterAll(() => clean(NAMESPACE, NODES));

test('monitor-up waits for it on every node', async () => {
  const { code, output } = await run(root, 'up', { TIMEOUT: '180' });
  expect(output).toMatch(/ s {2}node-exporter +ready/);
  expect(code).toBe(0);
});

test('monitor-status and monitor-logs show it', async () => {
  const nodes = kubectl(['get', 'nodes', '-o', 'name']).trim().split('\n').length;
  expect((await run(root, 'status')).output).toMatch(new RegExp(`node-exporter +DaemonSet +${nodes}/${nodes} ready`));
  expect((await run(root, 'logs', { FOLLOW: 'no' })).output).toMatch(/^node-exporter +\| .*Listening on/m);
});

test('monitor-status says what is wrong with it, and monitor-up repairs it', async () => {
  kubectl(['-n', NODES, 'set', 'image', 'daemonset/node-exporter', 'node-exporter=registry.invalid/node-exporter:1']);
  let output = '';
  const isNamed = async () => {
    const status = await run(root, 'status');
    output = status.output;
    return (
      status.code === 1 &&
      /DaemonSet\/node-exporter\n {2}cause {2}container .*(ImagePullBackOff|ErrImagePull)/.test(output)
    );
  };
  await until(isNamed, () => `monitor-status to name it; it said\n${output}`);
  await repaired();
});

test('monitor-down takes it down', async () => {
  expect((await run(root, 'down')).code).toBe(0);
  expect(kubectl(['-n', NODES, 'get', 'daemonsets', '-o', 'name'])).toBe('');
});
