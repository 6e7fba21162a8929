/** Turns zod's issues into problems with a fix, with the texts of the JSON Schema. */
import * as z from 'zod';
import { unknownKey, wrongKey } from './explain-keys';
import { allowedAt, fixFor, fixOf, reasonOf } from './explain-words';
import type { Explained } from './explained';
import { type Problem, showPath, showValue } from './problems';
import { branchesOf, chosenBranches, nodeAt, type SchemaNode, valueAt } from './schema-node';

/** The problems of one failed parse, in the order of the file; one for each path and reason. */
export function explain(issues: readonly z.core.$ZodIssue[], about: Explained): Problem[] {
  const root = jsonSchemaOf(about.schema);
  const problems = issues.flatMap((issue) => flatten(issue)).flatMap((issue) => problemsOf(issue, root, about));
  return [...new Map(problems.map((problem) => [`${problem.path} ${problem.allowed}`, problem])).values()];
}

const jsonSchemas = new WeakMap<z.ZodType, SchemaNode>();

/** Created only when there is an issue, because it takes longer than the parse. */
function jsonSchemaOf(schema: z.ZodType): SchemaNode {
  const known =
    jsonSchemas.get(schema) ?? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode);
  jsonSchemas.set(schema, known);
  return known;
}

/** A union reports the issues of all its branches; only those of the branch that matches best are shown. */
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
      fix: fixOf(issue) ?? fixFor(node, value, issue.path),
    },
  ];
}

/** A file whose whole content is one string is not shown: it may be anything. */
const shown = (value: unknown, path: readonly PropertyKey[]): string =>
  path.length === 0 && typeof value === 'string' ? `a string of ${value.length} characters` : showValue(value, path);
