import { createInterface } from 'node:readline/promises';
import { setTimeout } from 'node:timers/promises';

/** Prints a line. */
export const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

/** A problem that stops a command, and its fix. */
export interface VerbProblem {
  readonly what: string;
  readonly fix: string;
}

/** A command cannot continue. The message lists each problem with its fix, and is printed without changes. */
export class VerbError extends Error {
  override readonly name = 'VerbError';

  constructor(problems: readonly VerbProblem[]) {
    super(problems.map(({ what, fix }) => `${what}\n  fix  ${fix}`).join('\n\n'));
  }
}

/** Asks a yes-or-no question; null without a terminal. */
export async function ask(question: string): Promise<boolean | null> {
  const answer = await askFor(`${question} [y/N] `);
  return answer === null ? null : /^y(es)?$/i.test(answer);
}

/** Asks for a word; null without a terminal. */
export async function askFor(question: string): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // Ctrl-C or Ctrl-D closes the terminal without an answer; an empty answer confirms nothing.
    const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
    return (await Promise.race([terminal.question(question), closed])).trim();
  } finally {
    terminal.close();
  }
}

/** Resolves after some seconds, or as soon as the signal is aborted. */
export const pause = (seconds: number, signal: AbortSignal): Promise<void> =>
  setTimeout(seconds * 1000, undefined, { signal }).catch(() => undefined);

/** What must come to its end now; empty: this process may exit. */
const unstoppable = new Set<string>();

/** What a second Ctrl-C does not end; null: it ends the process. */
export const mustEnd = (): string | null => [...unstoppable][0] ?? null;

/** Does something that a second Ctrl-C does not end either. @param what it is, as the start of a sentence */
export async function toItsEnd<Result>(what: string, action: () => Promise<Result>): Promise<Result> {
  unstoppable.add(what);
  try {
    return await action();
  } finally {
    unstoppable.delete(what);
  }
}
