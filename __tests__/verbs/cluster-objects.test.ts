/** What an earlier configuration has left in other namespaces is shown and removed; what other stacks have there stays. */
import { type Item, LAB, standIn } from './stand-in/stand-in';

jest.setTimeout(300_000);

const CONTEXT = 'lab';
const scene = standIn('janServer: null\n');
const { begin, run, put, objects } = scene;
const object = (kind: string, namespace: string | undefined, instance: string): Item & { apiVersion: string } => ({
  apiVersion: kind === 'DaemonSet' ? 'apps/v1' : 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: {
    name: 'left',
    ...(namespace !== undefined && { namespace }),
    labels: { 'app.kubernetes.io/part-of': 'cdk8s-observability', 'app.kubernetes.io/instance': instance },
  },
});
const left = [
  object('Role', 'jan-server', 'jan-monitoring'),
  object('RoleBinding', 'old-jan', 'jan-monitoring'),
  object('DaemonSet', 'old-nodes', 'jan-monitoring'),
  object('PriorityClass', undefined, 'jan-monitoring'),
];
const theirs = [object('Role', 'jan-server', 'other'), object('DaemonSet', 'old-nodes', 'other')];
const named = () => objects(LAB).filter((name) => name.endsWith(' left'));
const forbidden = { match: '^get (daemonsets|serviceaccounts|roles|rolebindings)$', stderr: 'Error (Forbidden): no' };

beforeAll(async () => {
  begin({});
  expect(await run('up', { CONTEXT })).toMatchObject({ code: 0 });
});
beforeEach(() => {
  put(LAB, [...left, ...theirs.map((each) => ({ ...each, metadata: { ...each.metadata, name: 'theirs' } }))]);
  begin({});
});
const others = () => objects(LAB).filter((name) => name.endsWith(' theirs'));

test('monitor-diff shows it, and monitor-up deletes it', async () => {
  const { output } = await run('diff', { CONTEXT });
  for (const title of ['Role/left', 'RoleBinding/left', 'DaemonSet/left', 'PriorityClass/left'])
    expect(output).toMatch(new RegExp(`removed\\n(.*\\n)* {4}${title}\\n`));
  expect(named()).toHaveLength(4);
  expect(await run('up', { CONTEXT })).toMatchObject({ code: 0 });
  expect(named()).toEqual([]);
  expect(others()).toHaveLength(2);
});

test('monitor-down deletes it', async () => {
  expect(await run('down', { CONTEXT })).toMatchObject({ code: 0 });
  expect(named()).toEqual([]);
  expect(others()).toHaveLength(2);
});

test('without the right to list it: says so, with the command for an administrator', async () => {
  begin({ failures: [forbidden] });
  const { code, output } = await run('up', { CONTEXT });
  expect(code).toBe(0);
  expect(output).toContain(
    'objects outside the namespace may be left, because you cannot list them; an administrator can: kubectl --context lab get daemonsets,serviceaccounts,roles,rolebindings -A -l app.kubernetes.io/part-of=cdk8s-observability,app.kubernetes.io/instance=jan-monitoring',
  );
});
