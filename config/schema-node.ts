/** Looks into the JSON Schema of a file: what may stand at a path, given what the file says there. */

/** A JSON Schema, as far as messages need it. */
export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  /** What a value may be, in words. */
  readonly 'x-allowed'?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  /** What the keys may be. */
  readonly propertyNames?: SchemaNode;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}

type Path = readonly PropertyKey[];

/** A node and its alternatives, however deep they stand in each other. */
export const branchesOf = (node: SchemaNode): readonly SchemaNode[] => {
  const nested = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  return nested.length === 0
    ? [node]
    : [{ ...node, anyOf: undefined, oneOf: undefined }, ...nested.flatMap(branchesOf)];
};

/** The values that a node's alternatives name. */
export const choicesOf = (node: SchemaNode): readonly unknown[] =>
  branchesOf(node).flatMap((branch) => branch.enum ?? (branch.const === undefined ? [] : [branch.const]));

/** The alternatives that fit what the file says: those whose fixed keys have these values. All, where none fits. */
export function chosenBranches(node: SchemaNode, content: unknown): readonly SchemaNode[] {
  const all = branchesOf(node);
  const chosen = all.filter((branch) =>
    Object.entries(branch.properties ?? {}).every(
      ([key, { const: fixed }]) =>
        fixed === undefined || entryOf(content, key) === undefined || entryOf(content, key) === fixed,
    ),
  );
  return chosen.some(({ properties }) => properties !== undefined) ? chosen : all;
}

/** The node at a path. Where several alternatives have something there, it is a node with these alternatives. */
export function nodeAt(root: SchemaNode, path: Path, content: unknown): SchemaNode {
  const [part, ...rest] = path;
  if (part === undefined) return root;
  const children = chosenBranches(root, content).flatMap((branch) => childOf(branch, part));
  const [child = {}, ...others] = children;
  return nodeAt(others.length === 0 ? child : { anyOf: children }, rest, entryOf(content, part));
}

function childOf(branch: SchemaNode, part: PropertyKey): readonly SchemaNode[] {
  if (typeof part === 'number') return branch.items === undefined ? [] : [branch.items];
  const child = own(branch.properties ?? {}, part);
  if (child !== undefined) return [child];
  return typeof branch.additionalProperties === 'object' ? [branch.additionalProperties] : [];
}

/** The value at a path. */
export const valueAt = (content: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, part) => entryOf(value, part), content);

const entryOf = (value: unknown, part: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? own(value as Record<PropertyKey, unknown>, part) : undefined;

/** A key that the object itself has: every object inherits `constructor`. */
const own = <T>(object: Readonly<Record<PropertyKey, T>>, key: PropertyKey): T | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;
