/**
 * The parts of our Collector configuration whose cost is measured, each by leaving it out. This is the only place of the bench that names
 * processors and connectors: a name that the configuration no longer has is an error.
 */
import { type Change, queuesInMemory, without } from './collector-config';

/** One such part. */
export interface Group {
  readonly name: string;
  /**
   * How it is left out: a change of the rendered configuration, or the text of an environment that renders another one.
   */
  readonly leaveOut: Change | string;
}

/** The group without which the second goal is measured. */
export const PERSONAL_DATA = 'personal data';

/** All groups, in the order of the table. */
export const GROUPS: readonly Group[] = [
  { name: 'conventions', leaveOut: without('transform/http', 'transform/outcome', 'transform/peer') },
  { name: 'LLM metrics', leaveOut: without('signal_to_metrics/gen_ai', 'transform/gen_ai') },
  { name: 'limits', leaveOut: without('transform/limits') },
  { name: PERSONAL_DATA, leaveOut: 'collector: {pii: full}' },
  { name: 'span metrics', leaveOut: without('span_metrics') },
  { name: 'durable queue', leaveOut: queuesInMemory },
];
