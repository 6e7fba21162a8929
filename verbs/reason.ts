import { KubectlError } from './kubectl-error';

/** The last line of an output: the one that says why a program exited. */
export const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Why something failed, in one line: what kubectl has said, or what broke the connection of a request. */
export function reasonOf(error: unknown): string {
  const { message = String(error), cause } = Object(error) as Partial<Error>;
  const said = error instanceof KubectlError ? error.stderr : (Object(cause) as Partial<Error>).message;
  return lastLine(said ?? '') || lastLine(message);
}
