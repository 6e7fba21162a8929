import type { VerbSettings } from '../config/verb-settings';
import { quoted } from './commands';
import type { Cluster } from './context';
import { askFor, VerbError } from './terminal';

/** A command that deletes data. */
export interface Deletion {
  /** What it does, as the start of a question: `Delete 5 claims of namespace shop`. */
  readonly action: string;
  /** The command, as `monitor-down-v`. */
  readonly verb: string;
  /** Variables of the command that it needs again. @default - none */
  readonly variables?: readonly string[];
  /** The command that does without the deletion, and what it keeps. */
  readonly instead: string;
  readonly keeps: string;
}

/**
 * Data is deleted only if the operator types the name of the context: a yes may have been meant for another question.
 * @throws VerbError if the operator does not
 */
export async function confirmDeletion(
  { kubectl, context, server }: Cluster,
  { action, verb, variables = [], instead, keeps }: Deletion,
  { deleteIn }: VerbSettings,
): Promise<void> {
  const question = `${action} in ${context} (${server}) permanently? Type ${context} to confirm: `;
  const answer = deleteIn ?? (await askFor(question));
  if (answer === context) return;
  const what =
    answer === null
      ? 'There is no terminal to confirm the deletion on.'
      : deleteIn === null
        ? 'Not confirmed: nothing was deleted.'
        : `DELETE is ${deleteIn}, and the context is ${context}: nothing was deleted.`;
  const { make } = kubectl.commands;
  const fix = `${make(verb, ...variables, `DELETE=${quoted(context)}`)} confirms; ${make(instead)} keeps ${keeps}`;
  throw new VerbError([{ what, fix }]);
}
