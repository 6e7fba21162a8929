/** Turns what zod reports into problems that a user can mend, with the texts of the JSON Schema. */
import { z } from 'zod';
import { nearest, type Problem, showPath, showValue } from './problems';
import type { LineIndex } from './yaml-file';

interface SchemaNode {
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
  readonly additionalProperties?: SchemaNode | boolean;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}

/** What to say about a file that does not fit a schema. */
export interface Explained {
  /** File, relative to the project's root. */
  readonly file: string;
  /** The schema that the content was parsed with. */
  readonly schema: z.ZodType;
  /** The content, as parsed from the file. */
  readonly content: unknown;
  /** Finds the line of a path in the file. */
  readonly lines: LineIndex;
}

/** Problems for the issues of one failed parse, in the order of the file; one for each path and reason. */
export function explain(issues: readonly z.core.$ZodIssue[], about: Explained): Problem[] {
  const root = jsonSchemaOf(about.schema);
  const problems = issues.flatMap((issue) => flatten(issue)).flatMap((issue) => problemsOf(issue, root, about));
  return [...new Map(problems.map((problem) => [`${problem.path} ${problem.allowed}`, problem])).values()];
}

const jsonSchemas = new WeakMap<z.ZodType, SchemaNode>();

/** Made only once there is something to explain: it takes longer than the parse. */
function jsonSchemaOf(schema: z.ZodType): SchemaNode {
  const known =
    jsonSchemas.get(schema) ?? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode);
  jsonSchemas.set(schema, known);
  return known;
}

/** A union reports the issues of each of its branches: those of the branch that fits best are the ones to show. */
function flatten(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const branches = issue.errors.map((errors) => errors.flatMap((nested) => flatten(nested)));
  const depth = (errors: readonly z.core.$ZodIssue[]) => Math.max(...errors.map((nested) => nested.path.length));
  const best = [...branches].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
  return best.map((nested) => ({ ...nested, path: [...issue.path, ...nested.path] }));
}

function problemsOf(issue: z.core.$ZodIssue, root: SchemaNode, about: Explained): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = propertiesAt(root, issue.path);
    return issue.keys.map((key) => unknownKey([...issue.path, key], key, known, about));
  }
  const node = nodeAt(root, issue.path);
  const value = valueAt(about.content, issue.path);
  return [
    {
      file: about.file,
      line: about.lines.lineOf(issue.path),
      path: showPath(issue.path),
      value: value === undefined ? undefined : showValue(value),
      allowed: issue.code === 'custom' && issue.message !== 'Invalid input' ? issue.message : allowedAt(node),
      fix: fixFor(node, value, issue.path),
    },
  ];
}

/** The value of an unknown key is not shown: it may be a password under a name that we do not know. */
function unknownKey(path: readonly PropertyKey[], key: string, known: readonly string[], about: Explained): Problem {
  const guess = nearest(key, known);
  return {
    file: about.file,
    line: about.lines.lineOf(path),
    path: showPath(path),
    allowed: known.length === 0 ? 'no keys here' : `one of the keys ${known.join(', ')}`,
    fix: guess === undefined ? 'remove this key' : `did you mean ${guess}?`,
  };
}

function allowedAt(node: SchemaNode): string {
  const branches = branchesOf(node);
  const choices = branches.flatMap((branch) => branch.enum ?? (branch.const === undefined ? [] : [branch.const]));
  if (choices.length > 0) return `one of ${choices.map(showValue).join(', ')}`;
  const kinds = [...new Set(branches.flatMap((branch) => branch.type ?? []))].join(' or ');
  const texts = [node, ...branches];
  const words = [...texts.map((text) => text['x-allowed']), ...texts.map((text) => text.description)].find(Boolean);
  if (words === undefined) return kinds === '' ? 'another value' : `a value of type ${kinds}`;
  return kinds === '' ? words : `${words} (${kinds})`;
}

function fixFor(node: SchemaNode, value: unknown, path: readonly PropertyKey[]): string {
  const branches = branchesOf(node);
  const choices = branches.flatMap((branch) => branch.enum ?? []).map(String);
  const guess = typeof value === 'string' ? nearest(value, choices) : undefined;
  if (guess !== undefined) return `did you mean ${guess}?`;
  const samples = [
    node.default,
    ...branches.flatMap((branch) => [branch.default, ...(branch.examples ?? branch.enum ?? [])]),
  ];
  const sample = samples.find((candidate) => candidate !== undefined && candidate !== null);
  const key = String(path.at(-1) ?? 'the file');
  if (sample !== undefined) return `for example ${key}: ${showValue(sample)}`;
  return value === undefined ? `add ${key}` : `correct ${key}, or remove it`;
}

const branchesOf = (node: SchemaNode): readonly SchemaNode[] =>
  [node, ...(node.anyOf ?? []), ...(node.oneOf ?? [])].filter(
    (branch) => branch.anyOf === undefined && branch.oneOf === undefined,
  );

function childOf(node: SchemaNode, part: PropertyKey): SchemaNode | undefined {
  for (const branch of branchesOf(node)) {
    const rest = typeof branch.additionalProperties === 'object' ? branch.additionalProperties : undefined;
    const child = typeof part === 'number' ? branch.items : (branch.properties?.[String(part)] ?? rest);
    if (child !== undefined) return child;
  }
  return undefined;
}

const nodeAt = (root: SchemaNode, path: readonly PropertyKey[]): SchemaNode =>
  path.reduce<SchemaNode>((node, part) => childOf(node, part) ?? {}, root);

const propertiesAt = (root: SchemaNode, path: readonly PropertyKey[]): string[] => [
  ...new Set(branchesOf(nodeAt(root, path)).flatMap((branch) => Object.keys(branch.properties ?? {}))),
];

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    content,
  );
}
