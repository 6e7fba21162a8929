/** The form of the causes that show only while something is sent and asked. */
import type { At, Cause } from '../../cause';

/** What a check has found, as it printed it. */
export interface Found {
  readonly text: string;
}

/** The parts of a cause that differ between checks; `says` is what the check found. */
interface SmokeCause extends Pick<Cause<Found>, 'id' | 'section' | 'title' | 'meaning' | 'next'> {
  /** The name of the check in the log of the Job. */
  readonly check: string;
  /** What it prints in a typical case. */
  readonly text: string;
  /** The sentence before it. */
  readonly says: string;
}

/** A cause that a check of the smoke test shows. */
export const smokeCause = ({ check, text, says, ...cause }: SmokeCause): Cause<Found> => ({
  ...cause,
  found: `The check ${check} of the smoke test.`,
  says: (found) => `${says}: ${found.text}`,
  example: () => ({ part: `Check/${check}`, details: { text } }),
});

/** The command that prints the end of a program's log. */
export const logsOf = ({ commands: { kubectl }, places: { namespace } }: At, selector: string) =>
  kubectl(`-n ${namespace} logs -l ${selector} --tail=50`);

/** The command that looks for causes in the cluster. */
export const status = ({ commands: { make } }: At) => make('monitor-status');
