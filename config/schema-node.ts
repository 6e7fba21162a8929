/** Navigates the JSON Schema of a file: the node at a path, given the file's content. */

/** A JSON Schema, with the keywords that messages need. */
export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  /** Valid values, in words. */
  readonly 'x-allowed'?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  /** Valid keys. */
  readonly propertyNames?: SchemaNode;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}

type Path = readonly PropertyKey[];

/** A node and its alternatives, flattened. */
export const branchesOf = (node: SchemaNode): readonly SchemaNode[] => {
  const nested = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  return nested.length === 0
    ? [node]
    : [{ ...node, anyOf: undefined, oneOf: undefined }, ...nested.flatMap(branchesOf)];
};

/** The fixed values of a node's alternatives. */
export const choicesOf = (node: SchemaNode): readonly unknown[] =>
  branchesOf(node).flatMap((branch) => branch.enum ?? (branch.const === undefined ? [] : [branch.const]));

/** The alternatives that match the content: those whose fixed keys have its values. All of them if none matches. */
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

/** The node at a path. If several alternatives have one, it is a node with these alternatives. */
export function nodeAt(root: SchemaNode, path: Path, content: unknown): SchemaNode {
  const [part, ...rest] = path;
  if (part === undefined) return root;
  const children = chosenBranches(root, content).flatMap((branch) => childOf(branch, part));
  const [child = {}, ...others] = children;
  return nodeAt(others.length === 0 ? child : { anyOf: children }, rest, entryOf(content, part));
}

function childOf(branch: SchemaNode, part: PropertyKey): readonly SchemaNode[] {
  if (typeof part === 'number') return branch.items === undefined ? [] : [branch.items];
  const child = ownProperty(branch.properties ?? {}, part);
  if (child !== undefined) return [child];
  return typeof branch.additionalProperties === 'object' ? [branch.additionalProperties] : [];
}

/** The value at a path. */
export const valueAt = (content: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, part) => entryOf(value, part), content);

const entryOf = (value: unknown, part: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? ownProperty(value as Record<PropertyKey, unknown>, part) : undefined;

/** An own property of an object: every object inherits `constructor`. */
const ownProperty = <T>(object: Readonly<Record<PropertyKey, T>>, key: PropertyKey): T | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;
