/**
 * An administrator of the cluster applies keep/ and jan-server/ once; an administrator of the namespace does the rest. Jan Server is in
 * the cluster, as in the default environment, and its namespace is another's.
 */

import { join } from 'node:path';
import { readManifests } from '../../lab/conformance/manifests';
import { buildStack, synthStack } from '../../stack/apps';
import { configFrom } from '../support';
import { apply, clean, clusterRights, freeVolumes, kubectl, project, run, until } from './cluster';
import { accountWith } from './kubeconfigs';

const NAMESPACE = 'verbs-deputy';
const JAN = 'verbs-deputy-jan';
const DEPUTY = 'deputy';
const ENVIRONMENT = `namespace: ${NAMESPACE}\njanServer: { namespace: ${JAN} }\nkubelet: { verifyCertificates: false }\n`;
const root = project(ENVIRONMENT);
/** The folder with the objects for Jan Server's namespace. */
let jan = '';
const rolesOfJan = () => kubectl(['get', 'roles', '-n', JAN, '-o', 'name']);

beforeAll(() => {
  clean(NAMESPACE, JAN);
  apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: JAN } });
  const dist = join(root, 'dist');
  synthStack(buildStack(configFrom(ENVIRONMENT), dist));
  expect(readManifests(join(dist, 'keep')).objects.length).toBeGreaterThan(3);
  kubectl(['apply', '--server-side', '-f', join(dist, 'keep')]);
  jan = join(dist, 'jan-server');
});
afterAll(() => {
  const left = clusterRights(NAMESPACE);
  if (left.length > 0) kubectl(['delete', ...left]);
  clean(NAMESPACE, JAN);
  freeVolumes();
});

test('up: says what is left to the other, and Prometheus reads the kubelets by the right that was given', async () => {
  const KUBECONFIG = accountWith(DEPUTY, NAMESPACE, 'admin');
  const { code, output } = await run(root, 'up', { KUBECONFIG, CONTEXT: DEPUTY, TIMEOUT: '240' });
  if (code !== 0) throw new Error(output);
  expect(output).toMatch(/You cannot change cluster-scoped objects/);
  expect(output).toMatch(
    /only after an administrator has applied dist\/test\/keep\. To do without them, set kubelet\.enabled: false/,
  );
  expect(output).toMatch(
    new RegExp(
      `You cannot change Roles in the namespace ${JAN}, .*An administrator can apply them: .* dist/test/jan-server`,
    ),
  );
  expect(rolesOfJan()).toBe('');
  const path = `/api/v1/namespaces/${NAMESPACE}/services/prometheus:9090/proxy/api/v1/query?query=up%7Bjob%3D%22kubelet%22%7D`;
  type Answer = { readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] } };
  const kubelets = () => (JSON.parse(kubectl(['get', '--raw', path])) as Answer).data.result;
  await until(() => kubelets().some(({ value: [, up] }) => up === '1'), 'a kubelet to be scraped');
});

test('diff: what the other has applied is no problem, and is not looked into', async () => {
  kubectl(['apply', '--server-side', '-f', jan]);
  const KUBECONFIG = accountWith('third', NAMESPACE, 'admin');
  const { code, output } = await run(root, 'diff', { KUBECONFIG, CONTEXT: 'third' });
  expect([code, output]).toEqual([0, expect.stringContaining('no change')]);
});

test('down: takes the programs, and leaves what only the other may take', async () => {
  const KUBECONFIG = accountWith('second', NAMESPACE, 'admin');
  expect((await run(root, 'down', { KUBECONFIG, CONTEXT: 'second' })).code).toBe(0);
  expect(kubectl(['get', 'deployments', '-n', NAMESPACE, '-o', 'name'])).toBe('');
  expect(clusterRights(NAMESPACE)).toHaveLength(2);
  expect(rolesOfJan()).not.toBe('');
  expect((await run(root, 'down')).code).toBe(0);
  expect(clusterRights(NAMESPACE)).toEqual([]);
  expect(rolesOfJan()).toBe('');
});
