/** An administrator of the cluster applies keep/ once; an administrator of the namespace does the rest. */

import { join } from 'node:path';
import { readManifests } from '../../lab/conformance/manifests';
import { buildStack, synthStack } from '../../stack/apps';
import { configFrom } from '../support';
import { clean, clusterRights, freeVolumes, kubectl, project, run, until } from './cluster';
import { accountWith } from './kubeconfigs';

const NAMESPACE = 'verbs-deputy';
const DEPUTY = 'deputy';
const ENVIRONMENT = `namespace: ${NAMESPACE}\njanServer: null\nkubelet: { verifyCertificates: false }\n`;
const root = project(ENVIRONMENT);

beforeAll(() => {
  clean(NAMESPACE);
  const dist = join(root, 'dist');
  synthStack(buildStack(configFrom(ENVIRONMENT), dist));
  expect(readManifests(join(dist, 'keep')).objects.length).toBeGreaterThan(3);
  kubectl(['apply', '--server-side', '-f', join(dist, 'keep')]);
});
afterAll(() => {
  const left = clusterRights(NAMESPACE);
  if (left.length > 0) kubectl(['delete', ...left]);
  clean(NAMESPACE);
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
  const path = `/api/v1/namespaces/${NAMESPACE}/services/prometheus:9090/proxy/api/v1/query?query=up%7Bjob%3D%22kubelet%22%7D`;
  type Answer = { readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] } };
  const kubelets = () => (JSON.parse(kubectl(['get', '--raw', path])) as Answer).data.result;
  await until(() => kubelets().some(({ value: [, up] }) => up === '1'), 'a kubelet to be scraped');
});

test('down: takes the programs, and leaves what only the other may take', async () => {
  const KUBECONFIG = accountWith('second', NAMESPACE, 'admin');
  expect((await run(root, 'down', { KUBECONFIG, CONTEXT: 'second' })).code).toBe(0);
  expect(kubectl(['get', 'deployments', '-n', NAMESPACE, '-o', 'name'])).toBe('');
  expect(clusterRights(NAMESPACE)).toHaveLength(2);
  expect((await run(root, 'down')).code).toBe(0);
  expect(clusterRights(NAMESPACE)).toEqual([]);
});
