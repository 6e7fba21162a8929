/** What the API server would make of the rendered objects, by a dry run: with its defaults, and with the fields of other managers. */
import type { Manifest } from '../../stack/checks/manifest';
import { at, idOf, same, treeAt } from '../changes/tree';
import type { Kubectl } from '../kubectl';
import { KubectlError } from '../kubectl-error';

/** The answer of a dry run. */
export interface DryRun {
  /** Every object as it would be. One that is refused is as it would be if it were new. */
  readonly objects: readonly Manifest[];
  /** What the server says of those that it refuses, by their id. */
  readonly refused: ReadonlyMap<string, string>;
}

const APPLY = ['apply', '--server-side', '--force-conflicts', '--dry-run=server', '-f', '-', '-o', 'json'];
const CREATE = ['create', '--dry-run=server', '-f', '-', '-o', 'json'];

/** Requests at a time, when objects are tried one by one. */
const AT_ONCE = 4;

/**
 * Tries to apply objects, without changing anything. Objects in a Namespace that does not exist yet, and bindings of a Role that does not,
 * are returned as they are: a dry run does not create it, so that the server would not find it. (It looks for a Role unless the user may
 * bind every one.)
 * @param live the objects of the cluster, by their id
 * @throws KubectlError if the request failed for another reason than the content of an object
 */
export async function dryRun(
  kubectl: Kubectl,
  objects: readonly Manifest[],
  live: ReadonlyMap<string, Manifest>,
): Promise<DryRun> {
  const isNew = (object: Manifest) => !live.has(idOf(object));
  const namesOf = (kind: string) =>
    new Set(objects.filter((object) => object.kind === kind && isNew(object)).map(placeOf));
  const [namespaces, roles, clusterRoles] = ['Namespace', 'Role', 'ClusterRole'].map(namesOf);
  const needsMissing = ({ metadata: { namespace = '' }, ...object }: Manifest) => {
    const [kind, name] = [at(object, 'roleRef', 'kind'), at(object, 'roleRef', 'name')];
    const isBound = kind === 'ClusterRole' ? clusterRoles?.has(` ${name}`) : roles?.has(`${namespace} ${name}`);
    return namespaces?.has(` ${namespace}`) || isBound;
  };
  const tried = await tryAll(
    kubectl,
    objects.filter((object) => !needsMissing(object)),
    live,
  );
  return { ...tried, objects: [...tried.objects, ...objects.filter(needsMissing)] };
}

const placeOf = ({ metadata: { namespace = '', name } }: Manifest): string => `${namespace} ${name}`;

async function tryAll(
  kubectl: Kubectl,
  objects: readonly Manifest[],
  live: ReadonlyMap<string, Manifest>,
): Promise<DryRun> {
  if (objects.length === 0) return { objects: [], refused: new Map() };
  const all = await kubectl.run(APPLY, JSON.stringify(listOf(objects)));
  if (all.code === 0) return { objects: parsed(all.stdout), refused: new Map() };
  // One that is refused hides the answers about the others.
  const refused = new Map<string, string>();
  const found = await inBatches(objects, async (object) => {
    const { code, stdout, stderr } = await kubectl.run(APPLY, JSON.stringify(object));
    if (code === 0) return parsed(stdout);
    const before = live.get(idOf(object));
    if (before === undefined || !isRefusal(stderr)) throw new KubectlError(APPLY, stderr);
    refused.set(idOf(object), stderr.trim());
    return [await asIfNew(kubectl, object, before)];
  });
  return { objects: found.flat(), refused };
}

const listOf = (items: readonly Manifest[]) => ({ apiVersion: 'v1', kind: 'List', items });

function parsed(text: string): readonly Manifest[] {
  const answer = JSON.parse(text) as Manifest & { readonly items?: readonly Manifest[] };
  return answer.items ?? [answer];
}

/** Whether the content is refused. The admission of claims that grow answers with Forbidden, as a missing permission does. */
const isRefusal = (stderr: string): boolean =>
  / is invalid: |may not be changed|immutable|only dynamically provisioned pvc can be resized/.test(stderr);

/** An object as the server would create it, under another name, since the name is taken. */
async function asIfNew(kubectl: Kubectl, object: Manifest, before: Manifest): Promise<Manifest> {
  const metadata = { ...object.metadata, name: 'dry-run' };
  const [created] = parsed(await kubectl.text(CREATE, JSON.stringify({ ...object, metadata })));
  return { ...created, spec: withAssigned(object, created, before), metadata: merged(before, object) } as Manifest;
}

/** Fields that the cluster sets once. They stay, unless the rendered object has them. */
const ASSIGNED: Readonly<Record<string, readonly string[]>> = {
  Service: ['clusterIP', 'clusterIPs'],
  PersistentVolumeClaim: ['volumeName'],
};

function withAssigned(object: Manifest, created: Manifest | undefined, before: Manifest): unknown {
  const fields = (ASSIGNED[object.kind] ?? []).filter((field) => !hasOwn(object, field) && hasOwn(before, field));
  if (fields.length === 0) return created?.spec;
  const assigned = fields.map((field) => [field, treeAt(before.spec)[field]]);
  return { ...treeAt(created?.spec), ...Object.fromEntries(assigned) };
}

const hasOwn = ({ spec }: Manifest, field: string): boolean => field in treeAt(spec);

/** Metadata that an apply would leave: labels and annotations of other managers stay. */
function merged(before: Manifest, object: Manifest): Manifest['metadata'] {
  const parts = ['labels', 'annotations'].flatMap((key) => {
    const both = { ...treeAt(before, 'metadata', key), ...treeAt(object, 'metadata', key) };
    return !same(both, {}) ? [[key, both]] : [];
  });
  return { ...before.metadata, ...Object.fromEntries(parts) };
}

async function inBatches<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<readonly Out[]> {
  const results: Out[] = [];
  for (let index = 0; index < items.length; index += AT_ONCE)
    results.push(...(await Promise.all(items.slice(index, index + AT_ONCE).map(work))));
  return results;
}
