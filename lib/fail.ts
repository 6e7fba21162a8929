/** Errors that the user can fix: the message is sufficient, so no stack trace is shown. */
const EXPLAINED = new Set(['ConfigError', 'StackError']);

/** Prints an error and sets exit code 1. An unexpected error is printed with its stack trace: it is a bug to report. */
export function failWith(error: unknown): void {
  const explained = error instanceof Error && EXPLAINED.has(error.name);
  process.stderr.write(`${explained ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}
