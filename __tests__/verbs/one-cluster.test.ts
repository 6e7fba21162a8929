/** A command stays with the confirmed cluster, whatever happens to the kubeconfig meanwhile. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { kubeconfigOf, LAB, PROD, standIn } from './stand-in/stand-in';

jest.setTimeout(120_000);

const scene = standIn();
const { begin, run, calls, objects } = scene;

/**
 * What other terminals do to the kubeconfig: one has switched the current context, another has given the name `lab` to another
 * cluster, as `kind create cluster` does. A call without --context would reach it, and so would a call with nothing but that.
 */
const OTHER = kubeconfigOf('prod', { lab: PROD, prod: PROD });

const serversOf = () => [...new Set(calls().map(({ server }) => server))];

/** The verbs, in an order in which each finds what it needs. */
const VERBS = [
  ['up', {}],
  ['status', {}],
  ['logs', { FOLLOW: 'no' }],
  ['down', {}],
  ['down-v', { DELETE: 'lab' }],
] as const;

/** What the other cluster has, and what would be lost. */
const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };
const labels = { 'app.kubernetes.io/part-of': 'cdk8s-observability', 'app.kubernetes.io/instance': 'jan-monitoring' };
const claims = ['grafana-data', 'prometheus-data'].map((name) => ({
  ...claim,
  metadata: { name, namespace: 'jan-monitoring', labels },
}));
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'jan-monitoring' } };
const KEPT = [
  'jan-monitoring PersistentVolumeClaim grafana-data',
  'jan-monitoring PersistentVolumeClaim prometheus-data',
];

beforeAll(() => scene.put(PROD, claims));
afterEach(() => expect(objects(PROD)).toEqual(KEPT));

test.each(VERBS)('%s, where the kubeconfig changes after the first look', async (verb, variables) => {
  begin({ flip: { at: 1, to: OTHER } });
  const { code, output } = await run(verb, { YES: '1', ...variables });
  expect([code, output]).toEqual([0, expect.not.stringContaining('prod.example')]);
  expect(serversOf()).toEqual([LAB]);
  expect(calls().length).toBeGreaterThan(3);
});

test.each([2, 3, 4, 5])('down-v, where it changes after call %i', async (at) => {
  begin({ flip: { at, to: OTHER } });
  scene.put(LAB, [namespace, ...claims]);
  const { output } = await run('down-v', { YES: '1', DELETE: 'lab' });
  expect(output).toMatch(/Deleted 2 claims/);
  expect(serversOf()).toEqual([LAB]);
  expect(objects(LAB)).toEqual([' Namespace jan-monitoring']);
});

test('the kubeconfig of a verb is private, and goes when the verb ends; one that is killed outright leaves it to the next', async () => {
  const template = { metadata: { labels }, spec: { containers: [{ name: 'jaeger', image: 'jaeger:1' }] } };
  const workload = {
    kind: 'Deployment',
    metadata: { name: 'jaeger', namespace: 'jan-monitoring', labels },
    spec: { template },
  };
  begin({});
  scene.put(LAB, [namespace, workload]);
  const verb = scene.start('logs', { CONTEXT: 'lab' });
  await verb.printed(/a line from/);
  const [folder = ''] = scene.leftovers();
  const path = join(scene.folder, 'tmp', folder);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(statSync(join(path, 'kubeconfig')).mode & 0o777).toBe(0o600);
  verb.child.kill('SIGTERM');
  await verb.ended;
  expect(scene.leftovers()).toEqual([]);
  expect(verb.output()).not.toContain('a-secret-token');
  const killed = scene.start('logs', { CONTEXT: 'lab' });
  await killed.printed(/a line from/);
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(scene.leftovers()).toHaveLength(1);
  await run('logs', { CONTEXT: 'lab', FOLLOW: 'no' });
  expect(scene.leftovers()).toEqual([]);
});
