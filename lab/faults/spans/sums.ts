/** One outcome of several runs. */
import type { Outcome } from '../experiment';

/** The sums of the counts. Each failure has the number of its run; figures are those of all runs together. */
export function sumOfOutcomes(outcomes: readonly Outcome[], figures: readonly string[] = []): Outcome {
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const errors = outcomes.flatMap(({ spanMetricsError }) => spanMetricsError ?? []);
  return {
    offered: sum(({ offered }) => offered),
    acked: sum(({ acked }) => acked),
    stored: sum(({ stored }) => stored),
    refused: sum(({ refused }) => refused),
    duplicated: sum(({ duplicated }) => duplicated),
    lost: sum(({ lost }) => lost),
    spanMetricsError: errors.length === 0 ? null : errors.reduce((total, error) => total + error, 0),
    failures: outcomes.flatMap(({ failures }, index) => failures.map((text) => `run ${index + 1}: ${text}`)),
    figures: [`${outcomes.length} runs`, ...figures],
  };
}
