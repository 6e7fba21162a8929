/** Reads the namespaces that send telemetry, or in which the stack looks for targets. */
import type { Meta, Pod } from '../objects';
import type { NetworkPolicy } from './policies';
import type { Reader } from './reader';
import type { Neighbour, Service } from './survey';

/** The namespaces that exist, and the policies in them. */
export interface Neighbours {
  readonly neighbours: ReadonlyMap<string, Neighbour>;
  readonly policies: readonly NetworkPolicy[];
}

/** @param outside those in which the stack has permissions */
export async function readNeighbours(
  reader: Reader,
  names: readonly string[],
  outside: readonly string[],
): Promise<Neighbours> {
  const all = await Promise.all(names.map((name) => readNeighbour(reader, name, outside.includes(name))));
  const found = all.filter((one) => one !== null);
  return {
    neighbours: new Map(found.map(({ neighbour }) => [neighbour.name, neighbour])),
    policies: found.flatMap(({ policies }) => policies),
  };
}

type AnyObject = Meta & { readonly kind: string };

/** The labels of a namespace; undefined: it does not exist; null: it may not be read. */
export async function readLabels(reader: Reader, name: string, unchecked: string): Promise<Labels | null | undefined> {
  const wanted = { resource: 'namespaces', namespace: null, unchecked };
  const text = await reader.text(wanted, ['get', 'namespace', name, '--ignore-not-found', '-o', 'json']);
  if (text === null) return null;
  return text.trim() === '' ? undefined : ((JSON.parse(text) as Meta).metadata.labels ?? {});
}
type Labels = Readonly<Record<string, string>>;

/** null: it does not exist. One that cannot be read is taken to exist. */
async function readNeighbour(reader: Reader, name: string, hasRights: boolean) {
  const labels = await readLabels(reader, name, `the namespace ${name}`);
  if (labels === undefined) return null;
  const inside = (resource: string, unchecked: string) => ({ resource, namespace: name, unchecked });
  const [objects, rights] = await Promise.all([
    reader.list<AnyObject>(
      inside('pods,services,networkpolicies', `the pods, Services and NetworkPolicies of ${name}`),
    ),
    hasRights ? reader.list<AnyObject>(inside('roles,rolebindings', `the permissions of the stack in ${name}`)) : null,
  ]);
  const of = <T extends Meta>(kind: string) =>
    (objects ?? []).filter((object) => object.kind === kind) as readonly Meta[] as readonly T[];
  const neighbour: Neighbour = {
    name,
    labels,
    pods: of<Pod>('Pod'),
    services: of<Service>('Service'),
    rights: rights === null ? null : new Set(rights.map(({ kind, metadata }) => `${kind}/${metadata.name}`)),
  };
  return { neighbour, policies: of<NetworkPolicy>('NetworkPolicy') };
}
