import type { Catalogue } from './catalogue';

/** What an expression is part of: some rules are for one place only. */
export type Place = 'alert' | 'record' | 'panel';

/** What expressions are checked against. */
export interface CheckContext {
  readonly catalogue: Catalogue;
  /** Scrape interval in seconds: a range must span four of them. */
  readonly scrapeInterval: number;
  /** How long samples are kept, in seconds. @default - ranges are not compared with it */
  readonly retention?: number;
  /** Names of metrics of which nothing else is known; one that ends in `*` is a prefix. @default - none */
  readonly accepted?: readonly string[];
  /**
   * Whether the expression was written for an installation that is not known: which programs are on, their versions and their
   * scrape configuration. What it depends on is then reported, as findings of level `depends`. @default false
   */
  readonly thirdParty?: boolean;
}

/** What one expression is checked against. */
export interface ExpressionContext extends CheckContext {
  readonly place: Place;
}
