/** Counting unique ids. */
import type { Counts } from './experiment';

/** What was sent, and what was found. */
export interface Ids {
  readonly offered: readonly string[];
  readonly acked: readonly string[];
  /** As the store returned them: an id that it has twice is here twice. */
  readonly found: readonly string[];
}

/** Counts ids. What was offered and not acknowledged was refused, whether the store has it or not. */
export function countsOf({ offered, acked, found }: Ids): Counts {
  const known = new Set(found);
  const stored = acked.filter((id) => known.has(id)).length;
  return {
    offered: offered.length,
    acked: acked.length,
    stored,
    refused: offered.length - acked.length,
    duplicated: found.length - known.size,
    lost: acked.length - stored,
  };
}

/** The counts of two parts of an experiment, with different ids. */
export const added = (one: Counts, other: Counts): Counts => ({
  offered: one.offered + other.offered,
  acked: one.acked + other.acked,
  stored: one.stored + other.stored,
  refused: one.refused + other.refused,
  duplicated: one.duplicated + other.duplicated,
  lost: one.lost + other.lost,
});
