/** What a fault experiment is, and what it counts. */

/** What an experiment is run with. */
export interface Runs {
  /** How often a crash is repeated, at random moments: `FAULTS_RUNS`. */
  readonly crashes: number;
  /** Starts the random moments, so that a run can be repeated: `FAULTS_SEED`. */
  readonly seed: number;
  /** Prints one line about what it does now. */
  say(text: string): void;
}

/** Counts of unique ids: of spans, or of samples. */
export interface Counts {
  /** Sent, acknowledged or not. */
  readonly offered: number;
  /** Answered with success. */
  readonly acked: number;
  /** Acknowledged ids that the store has. */
  readonly stored: number;
  /** Answered with an error that the sender may retry, and never acknowledged. */
  readonly refused: number;
  /** Ids that the store has more than once. */
  readonly duplicated: number;
  /** Acknowledged ids that the store does not have. */
  readonly lost: number;
}

/** What one experiment has shown. */
export interface Outcome extends Counts {
  /** Calls that the span metrics count, less the acknowledged spans; null: it has no span metrics. */
  readonly spanMetricsError: number | null;
  /** Each criterion that was not met; none: it has passed. */
  readonly failures: readonly string[];
  /** Figures for the table, as `exit after 0.4 s`. */
  readonly figures: readonly string[];
}

/** An experiment that cannot be run here, with the reason. This is not a pass. */
export interface NotRun {
  readonly notRun: string;
}

/** An experiment with the real programs on loopback. */
export interface Experiment {
  /** As `F1`; fixed, since the report is read by it. */
  readonly id: string;
  readonly title: string;
  /** When it has passed, in one sentence. */
  readonly passes: string;
  /** @throws Error if it could not be done, which counts as failed */
  run(runs: Runs): Promise<Outcome | NotRun>;
}

/**
 * The verdict of a row. `KNOWN LOSS`: acknowledged data is lost as docs/faults.md says, because no configuration keeps it, or only one that is
 * not the default. A log, a metric or an alert says so, and the experiment has checked that; after a crash of the machine (F10) nothing can.
 * `NOT RUN` is not a pass.
 */
export type Verdict = 'passed' | 'KNOWN LOSS' | 'FAILED' | 'NOT RUN';

/** The criteria that were not met. @param criteria each as a sentence that is true if it was met */
export const unmet = (criteria: Readonly<Record<string, boolean>>): readonly string[] =>
  Object.entries(criteria).flatMap(([text, met]) => (met ? [] : [`not met: ${text}`]));
