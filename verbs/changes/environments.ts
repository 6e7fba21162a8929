/** Which environment of one rendering belongs to which of another. */
import type { Manifest } from '../../stack/checks/manifest';
import { idOf } from './tree';

/** The manifests of each environment, by name. */
type Environments = ReadonlyMap<string, readonly Manifest[]>;

/** An environment in both renderings. A side where it is missing has no objects. */
export interface EnvironmentPair {
  /** Its name, after the change where it has one. */
  readonly name: string;
  /** Its name before, where that is another. */
  readonly was?: string;
  readonly before: readonly Manifest[];
  readonly after: readonly Manifest[];
}

/**
 * By name; then by the stack's namespace, since a file that is renamed is the same stack. Two sides of one environment each belong together,
 * whatever their names are.
 */
export function pairEnvironments(old: Environments, next: Environments): readonly EnvironmentPair[] {
  const gone = [...old.keys()].filter((name) => !next.has(name));
  const fresh = [...next.keys()].filter((name) => !old.has(name));
  const isOnly = old.size === 1 && next.size === 1;
  const renamed = new Map(
    fresh.flatMap((name) => {
      const namespace = namespaceOf(next.get(name) ?? []);
      const isSame = (each: Environments) => (other: string) => namespaceOf(each.get(other) ?? []) === namespace;
      const [was, ...others] = gone.filter((other) => isOnly || isSame(old)(other));
      // Of several with one namespace, none is known to be the other.
      const isClear = others.length === 0 && fresh.filter(isSame(next)).length === 1 && namespace !== undefined;
      return was !== undefined && (isOnly || isClear) ? [[name, was] as const] : [];
    }),
  );
  const taken = new Set(renamed.values());
  const names = [...new Set([...old.keys(), ...next.keys()])].filter((name) => !taken.has(name)).sort();
  return names.map((name) => {
    const was = renamed.get(name);
    const sides = { before: old.get(was ?? name) ?? [], after: next.get(name) ?? [] };
    return { name, ...(was !== undefined && { was }), ...sides };
  });
}

/** The stack's namespace: all of its objects have it as their instance. */
const namespaceOf = (objects: readonly Manifest[]): string | undefined =>
  objects.find(
    ({ kind, metadata: { name, labels = {} } }) =>
      kind === 'Namespace' && labels['app.kubernetes.io/instance'] === name,
  )?.metadata.name;

/** What a rendering has in any of its environments. It is not to be deleted, since two files may be about one cluster. */
export const idsIn = (environments: Environments): ReadonlySet<string> =>
  new Set([...environments.values()].flat().map(idOf));
