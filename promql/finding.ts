/** What a check reports. */

/** `error`: it yields no data, or wrong numbers. `warning`: it may mislead or cost. `depends`: it works where something is on. */
export type Level = 'error' | 'warning' | 'depends';

/** Something that is wrong, and where. */
export interface Finding {
  /** Name of the rule, as `unknown-metric`. */
  readonly rule: string;
  readonly level: Level;
  /** Offsets of the spot in the expression. */
  readonly from: number;
  readonly to: number;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** What to write instead, if known. */
  readonly fix?: string;
}

/** Rules of what Prometheus refuses, the whole file or query with it: no comment allows it. */
export const REFUSED: ReadonlySet<string> = new Set(['syntax', 'type', 'experimental']);
