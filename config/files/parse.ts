/** Parsing of the user's own files, and the form of their problems. */
import type * as z from 'zod';
import { parsePromql } from '../../promql/parse';
import { explain } from '../explain';
import { type Problem, showValue } from '../problems';
import { type LineIndex, parseYamlFile, type YamlOptions } from '../yaml-file';

/** A value, or what is wrong with the file that should have held it. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Parses a file with a schema, and passes the content to further checks.
 * @param yaml how its YAML is parsed. @default - as YAML 1.2
 */
export function parseFile<T, R>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  then: (content: T, lines: LineIndex) => Checked<R>,
  yaml?: YamlOptions,
): Checked<R> {
  const parsed = parseYamlFile(file, text, 'passed on', yaml);
  if (!parsed.ok) return parsed;
  const result = schema.safeParse(parsed.content);
  if (result.success) return then(result.data, parsed.lines);
  return {
    ok: false,
    problems: explain(result.error.issues, { file, schema, content: parsed.content, lines: parsed.lines }),
  };
}

/**
 * A problem if an expression is not PromQL; else none.
 * @param place Grafana's variables are allowed in a panel
 */
export function promqlProblem(file: string, path: string, expr: string, place: 'panel' | 'rule'): Problem[] {
  const parsed = parsePromql(expr, place === 'panel');
  if (parsed.ok) return [];
  return [
    {
      file,
      path,
      value: showValue(expr),
      allowed: parsed.message === undefined ? 'PromQL' : `PromQL: ${parsed.message}`,
      fix: `look at character ${parsed.at.from + 1} of the expression`,
    },
  ];
}
