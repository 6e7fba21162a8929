import { CHECK_TITLES, type CheckName } from '../../charts/smoke/names';
import type { Finding } from '../doctor/finding';

/** What a check can end with: only `passed` is a pass. */
export type Verdict = 'passed' | 'FAILED' | 'NOT CHECKED';

/** A line of the table. */
export interface Row {
  /** The check, in words. */
  readonly check: string;
  readonly verdict: Verdict;
  /** What was found; the empty string: nothing to say. */
  readonly found: string;
  /** Why it did not pass, and what to do; undefined if it passed. */
  readonly finding?: Finding;
}

/** A check, as the object of a finding. */
export const checkPart = (name: string): string => `Check/${name}`;

/** A line of the Job's log. */
export interface Line {
  readonly name: CheckName;
  readonly verdict: Verdict;
  readonly found: string;
}

const isName = (name: string): name is CheckName => Object.hasOwn(CHECK_TITLES, name);
const VERDICTS: readonly string[] = ['passed', 'FAILED', 'NOT CHECKED'] satisfies readonly Verdict[];
const isVerdict = (word: string): word is Verdict => VERDICTS.includes(word);

/** The results in the log of the Job. Other lines are left out. */
export const linesOf = (log: string): readonly Line[] =>
  log.split('\n').flatMap((text) => {
    const [name = '', verdict = '', ...rest] = text.split('\t');
    return isName(name) && isVerdict(verdict) ? [{ name, verdict, found: rest.join(' ').trim() }] : [];
  });
