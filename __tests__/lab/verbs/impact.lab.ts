/**
 * What the model of a change predicts to be refused or accepted, on a real API server: each object of each pair is applied as it was
 * and then as it becomes.
 */
import { type ApiServer, startApiServer } from '../../../lab/conformance/api-server';
import type { Manifest } from '../../../stack/checks/manifest';
import { impactOf } from '../../../verbs/changes/impact';
import { titleOf } from '../../../verbs/changes/tree';
import { PAIRS } from '../../verbs/changes/pairs';

let server: ApiServer;
const NAMESPACES = ['upgrades', 'upgrades-nodes', 'upgrades-here', 'upgrades-there'];

/** Claims without a class get the first one. Only its claims may grow. */
const storageClass = (name: string, allowVolumeExpansion: boolean, isDefault: boolean) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': String(isDefault) } },
  provisioner: 'kubernetes.io/no-provisioner',
  allowVolumeExpansion,
});
const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

/** As `monitor-up` and docs/operations.md apply. */
const APPLY = ['apply', '--server-side', '--force-conflicts', '-f', '-'];

async function must(args: readonly string[], input = ''): Promise<void> {
  const { code, output } = await server.kubectl(args, input);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${output}`);
}

const listOf = (items: readonly object[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

beforeAll(async () => {
  server = await startApiServer();
  const classes = [storageClass('standard', true, true), storageClass('fixed', false, false)];
  await must(APPLY, listOf([...classes, ...NAMESPACES.map(namespace)]));
});
afterAll(() => server.stop());

const addressOf = ({ kind, metadata: { name, namespace: place } }: Manifest) => [
  ...(place === undefined ? [] : ['-n', place]),
  kind,
  name,
];

/** No controller binds claims here. A claim that is not bound may get a volume once, and may not grow. */
async function bind(claim: Manifest): Promise<void> {
  const volume = { spec: { volumeName: `volume-of-${claim.metadata.name}` } };
  await must(['patch', ...addressOf(claim), '--type=merge', '-p', JSON.stringify(volume)]);
  const status = { status: { phase: 'Bound', capacity: { storage: '10Gi' } } };
  await must(['patch', ...addressOf(claim), '--subresource=status', '--type=merge', '-p', JSON.stringify(status)]);
}

const nameOf = ({ apiVersion, kind, metadata: { name } }: Manifest): string => {
  const [group = '', version] = apiVersion.split('/');
  return `${kind.toLowerCase()}${version === undefined ? '' : `.${group}`}/${name}`;
};

/** Applies the objects that change. @returns those that the server refuses, and what it says */
async function refusedBy(before: readonly Manifest[], after: readonly Manifest[]) {
  const { changed } = impactOf(before, after);
  if (changed.length === 0) return { refused: [], output: '' };
  await must(APPLY, listOf(changed.map((pair) => pair.before)));
  for (const pair of changed) if (pair.before.kind === 'PersistentVolumeClaim') await bind(pair.before);
  // kubectl goes on with the next object after one that is refused.
  const { output } = await server.kubectl([...APPLY, '-o', 'name'], listOf(changed.map((pair) => pair.after)));
  const accepted = new Set(output.split('\n'));
  const refused = changed.map((pair) => pair.after).filter((object) => !accepted.has(nameOf(object)));
  return { refused: refused.map(titleOf), output };
}

/** A claim is only marked as deleted until its finalizer is gone. */
async function remove(objects: readonly Manifest[]): Promise<void> {
  if (objects.length === 0) return;
  await must(['delete', '--ignore-not-found', '--wait=false', '-f', '-'], listOf(objects));
  const claims = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim');
  for (const claim of claims)
    await must(['patch', ...addressOf(claim), '--type=merge', '-p', '{"metadata":{"finalizers":null}}']);
}

/** What the server says of each of them. */
const BECAUSE = /immutable|may not be changed|forbidden|cannot change|may not change/gi;

test.each(PAIRS)('$name', async ({ before, after, refused = [] }) => {
  const [old, next] = [before(), after()];
  try {
    const { refused: found, output } = await refusedBy(old, next);
    const predicted = refused.map((each) => each.replace(/: .*$/, ''));
    expect([found, output]).toEqual([expect.arrayContaining(predicted), expect.any(String)]);
    expect(found).toHaveLength(predicted.length);
    // Refused because of the change, and for no other reason.
    expect(output.match(BECAUSE)?.length ?? 0).toBeGreaterThanOrEqual(predicted.length);
  } finally {
    await remove(impactOf(old, next).changed.map((pair) => pair.before));
  }
});
