import { described, isSecretPath, withoutSecrets } from './secrets';

/** One mistake in the user's files: where it is, the value, what is allowed, and the fix. */
export interface Problem {
  /** File, relative to the project's root. */
  readonly file: string;
  /** Line in that file, from 1; undefined if the field is absent. */
  readonly line?: number;
  /** Path of the field, such as `prometheus.retention.time`; empty for the file as a whole. */
  readonly path: string;
  /** The value in the file, shortened; undefined if there is none to show. */
  readonly value?: string;
  /** What is allowed in its place. */
  readonly allowed: string;
  /** What to write or do instead. */
  readonly fix: string;
}

/** A problem whose file and line are not known yet. */
export type Unplaced = Omit<Problem, 'file' | 'line'>;

/** All mistakes in the user's files, in one error. Its message is printed without changes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  /** The problems, as one text. */
  constructor(readonly problems: readonly Problem[]) {
    super(describeProblems(problems));
  }
}

function describeProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return [`${count} in the configuration`, ...problems.map(describeProblem)].join('\n\n');
}

function describeProblem(problem: Problem): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
  const rows = [`  ${problem.path === '' ? place : `${place}  ${problem.path}`}`];
  if (problem.value !== undefined) rows.push(`    value    ${problem.value}`);
  rows.push(`    allowed  ${problem.allowed}`, `    fix      ${problem.fix}`);
  return printable(rows.join('\n'));
}

/** Text for a terminal: characters that move the cursor, change colours or reverse the direction of writing are escaped. */
const printable = (text: string): string =>
  text.replace(
    /(?!\n)[\p{Cc}\p{Surrogate}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/**
 * A value for an error message: one line, at most 80 characters, without secrets.
 * @param path its path: below a key that names a secret, the value is not shown
 */
export function showValue(value: unknown, path: readonly PropertyKey[] = []): string {
  if (isSecretPath(path) && value !== null && typeof value !== 'boolean') return described(value);
  const text = JSON.stringify(withoutSecrets(value, path)) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** A field's path as it is printed: `network.egress[0].host`. */
export function showPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('');
}
