/** The page that `runbook_url` leads to, as a function of the environment: what it names comes from the environment's places. */
import type { Places } from './places';

/** Something to look at, and the command or the PromQL that shows it. Commands are exact: they can be pasted. */
export interface Check {
  readonly look: string;
  readonly command?: string;
  readonly promql?: string;
}

/** What an alert means, and what to do about it. */
export interface Runbook {
  /** What has happened. */
  readonly meaning: string;
  /** What is lost or wrong meanwhile, and for whom. */
  readonly impact: string;
  /** How to see what is the matter. */
  readonly check: readonly Check[];
  /** How to mend it, the most likely cause first. */
  readonly mend: readonly string[];
}

/** A runbook as alerts write it: null stands for a step that this environment does not have. */
export interface RunbookDraft extends Pick<Runbook, 'meaning' | 'impact'> {
  readonly check: readonly (Check | null)[];
  readonly mend: readonly (string | null)[];
}

/** Whether an alert is on in the environment: what is off has no page there to refer to. */
export type IsOn = (alert: string) => boolean;

/** Writes a runbook for an environment, where the alert has this threshold; 0 for an alert without one. */
export type WriteRunbook = (at: Places, threshold: number, isOn: IsOn) => RunbookDraft;

/**
 * Leaves out what the environment does not have.
 * @param isOff whether a query asks for what nothing records there
 */
export const withoutGaps = (draft: RunbookDraft, isOff: (promql: string) => boolean): Runbook => ({
  ...draft,
  check: draft.check.filter((check) => check !== null).filter(({ promql }) => promql === undefined || !isOff(promql)),
  mend: draft.mend.filter((step) => step !== null),
});
