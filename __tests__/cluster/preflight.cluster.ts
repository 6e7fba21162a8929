/** Each case of the preflight, against a real API server. Nothing may have been applied after it. */
import { createServer } from 'node:net';
import { apply, CONTEXT, clean, kubectl, project, run } from './cluster';
import { accountWith, kubeconfig } from './kubeconfigs';

const NAMESPACE = 'verbs-preflight';
const ENVIRONMENT = `namespace: ${NAMESPACE}\njanServer: { namespace: verbs-no-jan }\n`;

const isAbsent = () => kubectl(['get', 'namespace', NAMESPACE, '--ignore-not-found', '-o', 'name']) === '';

beforeAll(() => clean(NAMESPACE));
afterAll(() => clean(NAMESPACE));

test('no context: says how to choose one', async () => {
  const { code, output } = await run(project(ENVIRONMENT), 'up', { KUBECONFIG: kubeconfig({}), CONTEXT: '' });
  expect(code).toBe(1);
  expect(output).toMatch(/kubectl has no current context[\s\S]*fix {2}kubectl config get-contexts/);
});

test('no cluster: names the address', async () => {
  const KUBECONFIG = kubeconfig({
    clusters: [{ name: 'gone', cluster: { server: 'https://127.0.0.1:1' } }],
    contexts: [{ name: 'gone', context: { cluster: 'gone', user: '' } }],
    'current-context': 'gone',
  });
  const { code, output } = await run(project(ENVIRONMENT), 'up', { KUBECONFIG, CONTEXT: 'gone' });
  expect(code).toBe(1);
  expect(output).toMatch(
    /no cluster answers at https:\/\/127\.0\.0\.1:1 \(context gone\)[\s\S]*fix {2}start the cluster/,
  );
});

test('a context that is not confirmed yet is named; the question comes once', async () => {
  const root = project(ENVIRONMENT);
  const KUBECONFIG = kubeconfig(
    JSON.parse(kubectl(['config', 'view', '--minify', '--flatten', '--raw', '-o', 'json'])),
  );
  const first = await run(root, 'down', { KUBECONFIG, CONTEXT: '' });
  expect(first.code).toBe(1);
  expect(first.output).toMatch(new RegExp(`Not confirmed yet: use the cluster ${CONTEXT} at https://`));
  expect((await run(root, 'down', { KUBECONFIG, CONTEXT: '', YES: '1' })).code).toBe(0);
  expect((await run(root, 'down', { KUBECONFIG, CONTEXT: '' })).code).toBe(0);
});

test('no such StorageClass: names those that there are', async () => {
  const { code, output } = await run(project(`${ENVIRONMENT}storage: { className: no-such-class }\n`), 'up');
  expect(code).toBe(1);
  expect(output).toMatch(/no StorageClass no-such-class; it has [\s\S]*fix {2}/);
  expect(isAbsent()).toBe(true);
});

test('a local port that is taken: names its variable', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const { code, output } = await run(project(ENVIRONMENT), 'up', { GRAFANA_PORT: String(port), FORWARD: 'yes' });
  server.close();
  expect(code).toBe(1);
  expect(output).toMatch(new RegExp(`local port ${port}, for grafana, is in use[\\s\\S]*GRAFANA_PORT=PORT`));
  expect(isAbsent()).toBe(true);
});

test('a Secret that pods need: names it, and how to create it', async () => {
  const secret = 'basicAuth: { username: a, passwordSecret: { name: no-such-secret, key: password } }';
  const store = `prometheus: { remoteWrite: [{ name: store, url: 'https://store.example.com/push', ${secret} }] }\n`;
  const { code, output } = await run(project(`${ENVIRONMENT}${store}`), 'up');
  expect(code).toBe(1);
  expect(output).toMatch(
    /Secret no-such-secret is missing in namespace .*; it is used by prometheus[\s\S]*create secret generic no-such-secret/,
  );
  expect(isAbsent()).toBe(true);
});

test('a kind that the cluster does not serve', async () => {
  if (kubectl(['api-versions']).split('\n').includes('cilium.io/v2')) {
    // The judge of the same refusal where Cilium is installed: a version that no cluster serves, by a patch.
    const patch = 'patches: [{ kind: ConfigMap, name: jaeger-config, merge: { apiVersion: v2 } }]\n';
    const { code, output } = await run(project(ENVIRONMENT + patch), 'up');
    expect(code).toBe(1);
    expect(output).toMatch(/does not serve v2 ConfigMap[\s\S]*fix {2}/);
  } else {
    const { code, output } = await run(project(`${ENVIRONMENT}network: { engine: cilium }\n`), 'up');
    expect(code).toBe(1);
    expect(output).toMatch(/does not serve cilium\.io\/v2 CiliumNetworkPolicy[\s\S]*fix {2}install Cilium/);
  }
  expect(isAbsent()).toBe(true);
});

test('missing rights: each one, and who to ask', async () => {
  apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  const KUBECONFIG = accountWith('nobody', NAMESPACE, 'view');
  const { code, output } = await run(project(ENVIRONMENT), 'up', { KUBECONFIG, CONTEXT: 'nobody' });
  expect(code).toBe(1);
  expect(output).toMatch(
    /user nobody cannot .*create deployments.*in namespace[\s\S]*fix {2}ask a cluster administrator/,
  );
});

test('a namespace with pods of other applications is refused', async () => {
  const pod = { containers: [{ name: 'x', image: 'registry.example.com/none:1' }] };
  apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'stranger', namespace: NAMESPACE }, spec: pod });
  const { code, output } = await run(project(ENVIRONMENT), 'up');
  expect(code).toBe(1);
  expect(output).toMatch(/has pods of other applications: stranger[\s\S]*fix {2}set another namespace/);
  expect(kubectl(['get', 'deployments', '-n', NAMESPACE, '-o', 'name'])).toBe('');
});
