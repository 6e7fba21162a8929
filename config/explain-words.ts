/** Messages for one node of a schema: what is allowed, and what to write instead. */
import type * as z from 'zod';
import { nearest } from '../promql/nearest';
import { showValue } from './problems';
import { branchesOf, choicesOf, type SchemaNode } from './schema-node';

/** The message of a custom check. */
export const reasonOf = (issue: z.core.$ZodIssue): string | undefined =>
  issue.code === 'custom' && issue.message !== 'Invalid input' ? issue.message : undefined;
/** The fix of a custom check. */
export const fixOf = (issue: z.core.$ZodIssue): string | undefined =>
  issue.code === 'custom' && typeof issue.params?.fix === 'string' ? issue.params.fix : undefined;

/** What a node allows. */
export function allowedAt(node: SchemaNode): string {
  const branches = branchesOf(node);
  const choices = choicesOf(node);
  if (choices.length > 0) return `one of ${choices.map((choice) => showValue(choice)).join(', ')}`;
  const kinds = [...new Set(branches.flatMap((branch) => branch.type ?? []))].join(' or ');
  const texts = [node, ...branches];
  const words = [...texts.map((text) => text['x-allowed']), ...texts.map((text) => text.description)].find(Boolean);
  if (words === undefined) return kinds === '' ? 'another value' : `a value of type ${kinds}`;
  return kinds === '' ? words : `${words} (${kinds})`;
}

/** What to write instead of a value. */
export function fixFor(node: SchemaNode, value: unknown, path: readonly PropertyKey[]): string {
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
