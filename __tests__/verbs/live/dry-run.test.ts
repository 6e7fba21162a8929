import type { Manifest } from '../../../stack/checks/manifest';
import type { Kubectl } from '../../../verbs/kubectl';
import { dryRun } from '../../../verbs/live/dry-run';

const namespace: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'new' } };
const inside: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'new' } };
const beside: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b', namespace: 'old' } };

test('an object in a Namespace that comes with it is not tried: a dry run does not create the Namespace', async () => {
  const sent: Manifest[][] = [];
  const run = async (_args: readonly string[], input = '') => {
    sent.push((JSON.parse(input) as { items: Manifest[] }).items);
    return { code: 0, stdout: input, stderr: '' };
  };
  const { objects, refused } = await dryRun({ run } as unknown as Kubectl, [namespace, inside, beside], new Map());
  expect(sent).toEqual([[namespace, beside]]);
  expect(objects).toEqual([namespace, beside, inside]);
  expect(refused.size).toBe(0);
});
