/** Reads the namespaces that send telemetry, or in which the stack looks for targets. */
import type { Meta, Pod } from '../objects';
import type { Reader } from './reader';
import type { Neighbour, Service } from './survey';

/** The namespaces that exist, by name. */
export async function readNeighbours(
  reader: Reader,
  names: readonly string[],
): Promise<ReadonlyMap<string, Neighbour>> {
  const found = await Promise.all(names.map((name) => readNeighbour(reader, name)));
  return new Map(found.filter((neighbour) => neighbour !== null).map((neighbour) => [neighbour.name, neighbour]));
}

type Kinds = Meta & { readonly kind: string };

/** null: it does not exist. One that cannot be read is taken to exist. */
async function readNeighbour(reader: Reader, name: string): Promise<Neighbour | null> {
  const wanted = { resource: 'namespaces', namespace: null, unchecked: `the namespace ${name}` };
  const text = await reader.text(wanted, ['get', 'namespace', name, '--ignore-not-found', '-o', 'json']);
  if (text !== null && text.trim() === '') return null;
  const labels = text === null ? null : ((JSON.parse(text) as Meta).metadata.labels ?? {});
  const inside = (resource: string, unchecked: string) => ({ resource, namespace: name, unchecked });
  const [objects, rights] = await Promise.all([
    reader.list<Kinds>(inside('pods,services', `the pods and Services of ${name}`)),
    reader.list<Kinds>(inside('roles,rolebindings', `the permissions of the stack in ${name}`)),
  ]);
  const of = <T extends Meta>(kind: string) =>
    (objects ?? []).filter((object) => object.kind === kind) as readonly Meta[] as readonly T[];
  return {
    name,
    labels,
    pods: of<Pod>('Pod'),
    services: of<Service>('Service'),
    rights: rights === null ? null : new Set(rights.map(({ kind, metadata }) => `${kind}/${metadata.name}`)),
  };
}
