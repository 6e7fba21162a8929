/** Problems with keys: unknown ones, and user-defined ones with an invalid name. */
import type * as z from 'zod';
import { nearest } from '../promql/nearest';
import { allowedAt, fixOf, reasonOf } from './explain-words';
import type { Explained } from './explained';
import { type Problem, showPath } from './problems';
import { chosenBranches, nodeAt, type SchemaNode, valueAt } from './schema-node';
import { isSecretPath } from './secrets';

/** The alternatives of a schema for one map. */
export interface Alternatives {
  readonly all: readonly SchemaNode[];
  /** Those that match the other keys of the map. */
  readonly chosen: readonly SchemaNode[];
}

/** An unknown key. Its value is not shown, because it may be a password. In the place of a secret, the key is not shown either. */
export function unknownKey(
  parent: readonly PropertyKey[],
  key: string,
  { all, chosen }: Alternatives,
  about: Explained,
): Problem {
  const known = keysOf(chosen);
  const guess = nearest(key, known);
  const isHidden = guess === undefined && isSecretPath(parent);
  const other = all.find((branch) => Object.hasOwn(branch.properties ?? {}, key));
  const words = known.length === 0 ? 'no keys here' : `one of the keys ${known.join(', ')}`;
  const fixed = other === undefined ? undefined : fixedKeyOf(other);
  const fix =
    guess === undefined
      ? `remove ${isHidden ? `the key of ${key.length} characters` : 'this key'}`
      : `did you mean ${guess}?`;
  return {
    file: about.file,
    line: about.lines.lineOf([...parent, key]),
    path: showPath(isHidden ? parent : [...parent, key]),
    allowed: fixed === undefined ? words : `${words}; ${key} belongs to ${fixed}`,
    fix: fixed === undefined ? fix : `${fixed}, or remove this key`,
  };
}

const keysOf = (branches: readonly SchemaNode[]): string[] => [
  ...new Set(branches.flatMap((branch) => Object.keys(branch.properties ?? {}))),
];

/** The key with which an alternative is chosen, such as `type: postgres`. */
function fixedKeyOf({ properties = {} }: SchemaNode): string | undefined {
  const [name, node] = Object.entries(properties).find(([, property]) => property.const !== undefined) ?? [];
  return node === undefined ? undefined : `${name}: ${String(node.const)}`;
}

/** A key of a map with user-defined keys. Its value is not shown, because no schema describes it. */
export function wrongKey(issue: z.core.$ZodIssueInvalidKey, root: SchemaNode, about: Explained): Problem {
  const parent = issue.path.slice(0, -1);
  const [names = {}] = chosenBranches(nodeAt(root, parent, about.content), valueAt(about.content, parent)).flatMap(
    (branch) => branch.propertyNames ?? [],
  );
  const custom = issue.issues.find((nested) => reasonOf(nested) !== undefined);
  return {
    file: about.file,
    line: about.lines.lineOf(issue.path),
    path: showPath(issue.path),
    allowed: (custom && reasonOf(custom)) ?? allowedAt(names),
    fix: (custom && fixOf(custom)) ?? 'rename this key',
  };
}
