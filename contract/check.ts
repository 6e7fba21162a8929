/** What is wrong with an expression. */
import type { Catalogue } from './catalogue';

/** Where an expression stands: some rules hold for one place only. */
export type Place = 'alert' | 'record' | 'panel';

/** What the rules need to know besides the expression. */
export interface ExpressionContext {
  readonly place: Place;
  readonly catalogue: Catalogue;
  /** Scrape interval in seconds: a range must span four of them. */
  readonly scrapeInterval: number;
}

/** Something that is wrong, and where. */
export interface Finding {
  /** Name of the rule, as `unknown-metric`. */
  readonly rule: string;
  /** Offsets of the spot in the expression. */
  readonly from: number;
  readonly to: number;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** What to write instead, where that can be said. */
  readonly fix?: string;
}
