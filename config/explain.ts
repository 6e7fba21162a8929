/** Turns what zod reports into problems that a user can mend, with the texts of the JSON Schema. */
import { z } from 'zod';
import { nearest, type Problem, showPath, showValue } from './problems';
import { branchesOf, choicesOf, chosenBranches, nodeAt, type SchemaNode, valueAt } from './schema-node';
import { isSecretPath } from './secrets';
import type { LineIndex } from './yaml-file';

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
  const node = nodeAt(root, issue.path, about.content);
  const value = valueAt(about.content, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const alternatives = { all: branchesOf(node), chosen: chosenBranches(node, value) };
    return issue.keys.map((key) => unknownKey(issue.path, key, alternatives, about));
  }
  if (issue.code === 'invalid_key') return [wrongKey(issue, root, about)];
  return [
    {
      file: about.file,
      line: about.lines.lineOf(issue.path),
      path: showPath(issue.path),
      value: value === undefined ? undefined : shown(value, issue.path),
      allowed: reasonOf(issue) ?? allowedAt(node),
      fix: ownFix(issue) ?? fixFor(node, value, issue.path),
    },
  ];
}

/** What a check of ours says itself. */
const reasonOf = (issue: z.core.$ZodIssue): string | undefined =>
  issue.code === 'custom' && issue.message !== 'Invalid input' ? issue.message : undefined;
const ownFix = (issue: z.core.$ZodIssue): string | undefined =>
  issue.code === 'custom' && typeof issue.params?.fix === 'string' ? issue.params.fix : undefined;

/** A key of a map whose keys the user names. Its value is not shown: it is none that a schema knows. */
function wrongKey(issue: z.core.$ZodIssueInvalidKey, root: SchemaNode, about: Explained): Problem {
  const parent = issue.path.slice(0, -1);
  const [names = {}] = chosenBranches(nodeAt(root, parent, about.content), valueAt(about.content, parent)).flatMap(
    (branch) => branch.propertyNames ?? [],
  );
  const said = issue.issues.find((nested) => reasonOf(nested) !== undefined);
  return {
    file: about.file,
    line: about.lines.lineOf(issue.path),
    path: showPath(issue.path),
    allowed: (said && reasonOf(said)) ?? allowedAt(names),
    fix: (said && ownFix(said)) ?? 'rename this key',
  };
}

/** A file that is one text is no environment, whatever it holds. */
const shown = (value: unknown, path: readonly PropertyKey[]): string =>
  path.length === 0 && typeof value === 'string' ? `a text of ${value.length} characters` : showValue(value, path);

interface Alternatives {
  readonly all: readonly SchemaNode[];
  /** Those that fit the other keys. */
  readonly chosen: readonly SchemaNode[];
}

/** The value of an unknown key is not shown: it may be a password under a name that we do not know. Nor is the key, in the place of a secret. */
function unknownKey(
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

/** What makes an alternative the chosen one, as `type: postgres`. */
function fixedKeyOf({ properties = {} }: SchemaNode): string | undefined {
  const [name, node] = Object.entries(properties).find(([, property]) => property.const !== undefined) ?? [];
  return node === undefined ? undefined : `${name}: ${String(node.const)}`;
}

function allowedAt(node: SchemaNode): string {
  const branches = branchesOf(node);
  const choices = choicesOf(node);
  if (choices.length > 0) return `one of ${choices.map((choice) => showValue(choice)).join(', ')}`;
  const kinds = [...new Set(branches.flatMap((branch) => branch.type ?? []))].join(' or ');
  const texts = [node, ...branches];
  const words = [...texts.map((text) => text['x-allowed']), ...texts.map((text) => text.description)].find(Boolean);
  if (words === undefined) return kinds === '' ? 'another value' : `a value of type ${kinds}`;
  return kinds === '' ? words : `${words} (${kinds})`;
}

function fixFor(node: SchemaNode, value: unknown, path: readonly PropertyKey[]): string {
  const branches = branchesOf(node);
  const choices = choicesOf(node);
  const guess = typeof value === 'string' ? nearest(value, choices.map(String)) : undefined;
  if (guess !== undefined) return `did you mean ${guess}?`;
  const samples = [
    node.default,
    ...branches.flatMap((branch) => [branch.default, ...(branch.examples ?? branch.enum ?? [])]),
    ...choices,
  ];
  const sample = samples.find((candidate) => candidate !== undefined && candidate !== null);
  const key = String(path.at(-1) ?? 'the file');
  if (sample !== undefined) return `for example ${key}: ${showValue(sample)}`;
  return value === undefined ? `add ${key}` : `correct ${key}, or remove it`;
}
