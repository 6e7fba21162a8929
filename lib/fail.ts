/** Errors that the user can mend: their message says all, so no stack is shown. */
const EXPLAINED = new Set(['ConfigError', 'StackError']);

/** Prints an error and sets exit code 1. An error that we did not foresee keeps its stack: it is a bug to report. */
export function failWith(error: unknown): void {
  const explained = error instanceof Error && EXPLAINED.has(error.name);
  process.stderr.write(`${explained ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}
