/** Values of manifests as trees: how to read them, and how two of them differ. */
import type { Manifest } from '../../stack/checks/manifest';

/** A map of a manifest. */
export type Tree = Readonly<Record<string, unknown>>;

/** Whether a value is a map. */
export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value below some keys; undefined if a key is missing. */
export const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce((below: unknown, key) => (isTree(below) ? below[key] : undefined), value);

/** The list below some keys; empty if there is none. */
export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
}

/** The map below some keys; empty if there is none. */
export function treeAt(value: unknown, ...keys: readonly string[]): Tree {
  const found = at(value, ...keys);
  return isTree(found) ? found : {};
}

/** One value that two trees do not share. */
export interface Difference {
  /** Its path: `spec.template.spec.containers[prometheus].image`. */
  readonly path: string;
  /** undefined: it is new. */
  readonly before: unknown;
  /** undefined: it is gone. */
  readonly after: unknown;
}

/** Every difference between two values, in the order of the keys. Items of a list with names are compared by name. */
export function differencesOf(before: unknown, after: unknown, path = ''): readonly Difference[] {
  if (before === after) return [];
  if (isTree(before) && isTree(after)) return inMaps(before, after, (key) => (path === '' ? key : `${path}.${key}`));
  if (Array.isArray(before) && Array.isArray(after)) {
    const [old, next] = [byName(before), byName(after)];
    if (old !== null && next !== null) return inMaps(old, next, (name) => `${path}[${name}]`);
    return inMaps({ ...before }, { ...after }, (index) => `${path}[${index}]`);
  }
  return [{ path, before, after }];
}

function inMaps(before: Tree, after: Tree, pathOf: (key: string) => string): readonly Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => differencesOf(before[key], after[key], pathOf(key)));
}

/** A list of maps with a name each, by name; null for other lists. */
function byName(list: readonly unknown[]): Tree | null {
  const names = list.map((item) => at(item, 'name'));
  const areNames = names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
  return areNames ? Object.fromEntries(list.map((item, index) => [names[index], item])) : null;
}

/** Whether two values are the same. */
export const same = (one: unknown, other: unknown): boolean => differencesOf(one, other).length === 0;

/** What identifies an object in a cluster. The version of its API does not. */
export function idOf({ apiVersion, kind, metadata: { name, namespace = '' } }: Manifest): string {
  const [group = '', version] = apiVersion.split('/');
  return [version === undefined ? '' : group, kind, namespace, name].join(' ');
}

/** An object as messages name it: `StatefulSet/prometheus`. */
export const titleOf = ({ kind, metadata: { name } }: Pick<Manifest, 'kind' | 'metadata'>): string => `${kind}/${name}`;

/** An object before and after a change. */
export interface Pair {
  readonly before: Manifest;
  readonly after: Manifest;
}

/** Two sets of objects, side by side. */
export interface Paired {
  readonly added: readonly Manifest[];
  readonly removed: readonly Manifest[];
  /** Objects that both have, whether they differ or not. */
  readonly kept: readonly Pair[];
}

/** Puts two sets side by side. The order is that of the sets. */
export function pairUp(old: readonly Manifest[], next: readonly Manifest[]): Paired {
  const [before, after] = [old, next].map((set) => new Map(set.map((object) => [idOf(object), object])));
  return {
    added: next.filter((object) => before?.has(idOf(object)) === false),
    removed: old.filter((object) => after?.has(idOf(object)) === false),
    kept: next.flatMap((object) => {
      const found = before?.get(idOf(object));
      return found === undefined ? [] : [{ before: found, after: object }];
    }),
  };
}
