import type { Manifest } from '../../../stack/checks/manifest';
import { idOf } from '../../../verbs/changes/tree';
import type { Kubectl } from '../../../verbs/kubectl';
import { dryRun } from '../../../verbs/live/dry-run';

const namespace: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'new' } };
const inside: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'new' } };
const beside: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b', namespace: 'old' } };

const rbac = (kind: string, more: object = {}): Manifest => ({
  ...{ apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name: 'pods', namespace: 'old' } },
  ...more,
});
const role = rbac('Role');
const binding = rbac('RoleBinding', { roleRef: { kind: 'Role', name: 'pods' } });

test('nor the Role of a binding: who may not bind every Role would be refused', async () => {
  const sent: string[][] = [];
  const run = async (_args: readonly string[], input = '') => {
    sent.push((JSON.parse(input) as { items: Manifest[] }).items.map(({ kind }) => kind));
    return { code: 0, stdout: input, stderr: '' };
  };
  const kubectl = { run } as unknown as Kubectl;
  expect((await dryRun(kubectl, [role, binding], new Map())).objects).toEqual([role, binding]);
  await dryRun(kubectl, [role, binding], new Map([[idOf(role), role]]));
  expect(sent).toEqual([['Role'], ['Role', 'RoleBinding']]);
});

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
