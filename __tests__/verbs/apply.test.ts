/** A cluster with Cilium: its policies are ours to delete, where the rights suffice. */
import { LAB, standIn } from './stand-in/stand-in';

jest.setTimeout(300_000);

const CONTEXT = 'lab';
const served = ['ciliumnetworkpolicies.cilium.io'];
const { begin, run, put, objects } = standIn();
const labels = { 'app.kubernetes.io/part-of': 'cdk8s-observability', 'app.kubernetes.io/instance': 'jan-monitoring' };
const forbidden = (line: string) => ({ match: `^${line}`, stderr: 'Error from server (Forbidden): it is forbidden' });
const policies = () => objects(LAB).filter((name) => name.includes('ConfigMap left'));

test.each(['up', 'diff', 'down'])('monitor-%s: without the right to list them, all else is done', async (verb) => {
  begin({ served, failures: [forbidden('get ciliumnetworkpolicies')] });
  expect((await run('up', { CONTEXT })).code).toBe(0);
  put(LAB, [
    { ...{ apiVersion: 'v1' }, kind: 'ConfigMap', metadata: { name: 'left', namespace: 'jan-monitoring', labels } },
  ]);
  expect(policies()).toHaveLength(1);
  expect((await run(verb, { CONTEXT })).code).toBe(0);
  expect(policies()).toHaveLength(verb === 'diff' ? 1 : 0);
});
