import { createInterface } from 'node:readline/promises';
import { setTimeout } from 'node:timers/promises';

/** Prints a line. */
export const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

/** What stops a verb, and what to do about it. */
export interface Trouble {
  readonly what: string;
  readonly fix: string;
}

/** A verb cannot go on. Each problem has its fix; the message is meant to be printed as it is. */
export class VerbError extends Error {
  override readonly name = 'VerbError';

  constructor(problems: readonly Trouble[]) {
    super(problems.map(({ what, fix }) => `${what}\n  fix  ${fix}`).join('\n\n'));
  }
}

/** Asks a question with yes or no. Without a terminal nobody can answer: null. */
export async function ask(question: string): Promise<boolean | null> {
  const answer = await askFor(`${question} [y/N] `);
  return answer === null ? null : /^y(es)?$/i.test(answer);
}

/** Asks for a word; null where there is no terminal. */
export async function askFor(question: string): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // Ctrl-C or Ctrl-D closes the terminal without an answer; an empty one agrees to nothing.
    const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
    return (await Promise.race([terminal.question(question), closed])).trim();
  } finally {
    terminal.close();
  }
}

/** Resolves after some seconds, or as soon as the signal is given. */
export const pause = (seconds: number, signal: AbortSignal): Promise<void> =>
  setTimeout(seconds * 1000, undefined, { signal }).catch(() => undefined);
