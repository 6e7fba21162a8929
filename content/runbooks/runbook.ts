/** The page that `runbook_url` leads to, as a function of the environment, which supplies the names and addresses. */
import type { Places } from './places';

/** A step of the diagnosis, with its command or PromQL query. Commands can be pasted as they are. */
export interface Check {
  readonly look: string;
  readonly command?: string;
  readonly promql?: string;
}

/** What an alert means, and what to do about it. */
export interface Runbook {
  /** What has happened. */
  readonly meaning: string;
  /** The impact: what is lost or wrong meanwhile, and who is affected. */
  readonly impact: string;
  /** How to find the cause. */
  readonly check: readonly Check[];
  /** How to fix it, the most likely cause first. */
  readonly mend: readonly string[];
}

/** A runbook as alerts write it: null stands for a step that this environment does not have. */
export interface RunbookDraft extends Pick<Runbook, 'meaning' | 'impact'> {
  readonly check: readonly (Check | null)[];
  readonly mend: readonly (string | null)[];
}

/** Whether an alert is enabled in the environment: a disabled alert has no page to link to. */
export type IsOn = (alert: string) => boolean;

/** Writes a runbook for an environment, where the alert has this threshold; 0 for an alert without one. */
export type WriteRunbook = (at: Places, threshold: number, isOn: IsOn) => RunbookDraft;

/**
 * Leaves out the steps that do not apply to the environment.
 * @param isOff whether the metrics of a query have no source there
 */
export const withoutGaps = (draft: RunbookDraft, isOff: (promql: string) => boolean): Runbook => ({
  ...draft,
  check: draft.check.filter((check) => check !== null).filter(({ promql }) => promql === undefined || !isOff(promql)),
  mend: draft.mend.filter((step) => step !== null),
});
