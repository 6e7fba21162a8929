/** Rules about ranges: long enough for a rate, and in panels at least the distance of two points. */

import type { Finding } from '../finding';
import { COUNTER_FUNCTIONS, GAUGE_FUNCTIONS } from '../functions';
import type { Analysis } from '../shapes/analysis';
import type { Call, Duration, Range, Subquery } from '../syntax/ast';
import { unmodified } from '../syntax/walk';
import { error, NONE, type Rule, warning } from './rule';

/** After one failed and one late scrape, two of four samples are left: a rate needs two (https://www.robustperception.io/what-range-should-i-use-with-rate/). */
const SCRAPES_IN_RANGE = 4;
/** From this length on a fixed range is intended, as for a total of a day or an error budget. In seconds. */
const MEANT = 3600;
/** Functions whose range should follow the zoom of a panel. */
const ZOOMED: ReadonlySet<string> = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv']);

/** `short-range`, `fixed-range`, `interval-variable` and `range-beyond-retention`. */
export const rangeRules: Rule = (expr, analysis) => {
  if (expr.kind === 'call') return ofCall(expr, analysis);
  return expr.kind === 'range' || expr.kind === 'subquery' ? beyondRetention(expr, analysis) : NONE;
};

function ofCall(call: Call, { context }: Analysis): readonly Finding[] {
  const [first] = call.args;
  const range = first && unmodified(first);
  if (range?.kind !== 'range') return NONE;
  const { duration } = range;
  if (COUNTER_FUNCTIONS.has(call.fn) || GAUGE_FUNCTIONS.has(call.fn)) {
    const short = tooShort(duration, context.scrapeInterval);
    if (short.length > 0) return short;
  }
  if (context.place !== 'panel' || !ZOOMED.has(call.fn)) return NONE;
  if (duration.variable === '__interval')
    return warning(
      'interval-variable',
      duration,
      '$__interval may be shorter than two scrapes: close up, the panel has gaps',
      '[$__rate_interval]',
    );
  if (duration.seconds === undefined || duration.seconds >= MEANT) return NONE;
  return warning(
    'fixed-range',
    duration,
    'when the panel shows a day or more, a fixed range is shorter than the distance of two points and leaves data out',
    '[$__rate_interval]',
  );
}

function tooShort(duration: Duration, scrapeInterval: number): readonly Finding[] {
  const least = SCRAPES_IN_RANGE * scrapeInterval;
  if (duration.seconds === undefined || duration.seconds >= least) return NONE;
  return error(
    'short-range',
    duration,
    `four scrapes take ${least}s, and a shorter range has gaps as soon as one scrape fails`,
    `[${Math.ceil(least / 60)}m] or more`,
  );
}

function beyondRetention({ duration }: Range | Subquery, { context }: Analysis): readonly Finding[] {
  if (context.retention === undefined || duration.seconds === undefined || duration.seconds <= context.retention)
    return NONE;
  return error(
    'range-beyond-retention',
    duration,
    `samples are kept for ${context.retention / 86_400} days, so that the start of this range is empty`,
    'a shorter range, or a longer retention',
  );
}
