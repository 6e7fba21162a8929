import type { Slo } from '../../config/schema/slos';
import { selector } from '../../metrics/spans';
import { oneOf } from '../../promql/matcher';
import { rangeOf } from '../alerts/range';
import type { ContentSettings } from '../settings';
import { BURN_WINDOWS, exact, labelsOf, SLO_GROUP, SLO_SERIES } from './budget';
import { slosOf } from './defaults';
import { badRate, countsSpans, totalRate } from './indicator';

/** A recording rule, as in a rule file. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A group of recording rules, as in a rule file. */
export interface RecordingGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly RecordingRule[];
}

/**
 * How often the rules are evaluated, whatever the global interval: the longest window reads a sample for each evaluation, of two
 * series for each objective, 86,400 of each for 30 days. Prometheus 3.16 took 62 ms on one core for all windows of four objectives.
 */
const INTERVAL = '30s';

/**
 * The recording rules of all objectives: one group, each rule after those that it reads. Empty without objectives.
 *
 * Rates of events and of bad events are recorded, and the value of each window is a ratio of sums, so that a busy hour counts for more than
 * a quiet one. (A mean of recorded ratios, which needs one series less, would give one failure among two requests at night the same weight
 * as a failure of half the requests at noon.) The range of the rates adds to each window: 1h is one hour and five minutes.
 */
export function sloRecordingRules(config: ContentSettings): readonly RecordingGroup[] {
  const slos = slosOf(config);
  if (slos.length === 0) return [];
  const range = rangeOf(config);
  const windows = [...new Set(Object.values(BURN_WINDOWS).flatMap(({ long, short }) => [long, short]))];
  const rules = [
    ...slos.flatMap((slo) => ownRules(slo, range)),
    { record: SLO_SERIES.budget, expr: `1 - ${SLO_SERIES.objective}` },
    ...windows.map((window) => ({ record: SLO_SERIES.errorRatio(window), expr: ratioOver(window) })),
    { record: SLO_SERIES.burnRate, expr: `${SLO_SERIES.errorRatio('5m')} / ${SLO_SERIES.budget}` },
    remaining(slos),
  ];
  return [{ name: SLO_GROUP, interval: INTERVAL, rules }];
}

/** The rules of a single objective. The other rules cover all objectives at once, by their labels. */
function ownRules(slo: Slo, range: string): readonly RecordingRule[] {
  const labels = labelsOf(slo, countsSpans(slo.indicator));
  return [
    { record: SLO_SERIES.objective, expr: `vector(${exact(slo.objective / 100)})`, labels },
    { record: SLO_SERIES.total, expr: totalRate(slo.indicator, range), labels },
    { record: SLO_SERIES.bad, expr: badRate(slo.indicator, range), labels },
  ];
}

/** Share of bad events over a window. Without events there is no value, instead of a good one. */
function ratioOver(window: string, matchers?: string): string {
  if (window === '5m') return `${SLO_SERIES.bad} / (${SLO_SERIES.total} > 0)`;
  const sum = (series: string) => `sum_over_time(${selector(series, matchers)}[${window}])`;
  return `${sum(SLO_SERIES.bad)} / (${sum(SLO_SERIES.total)} > 0)`;
}

/** The rest of each error budget, over the objective's window: 1 is all of it, 0 none, below 0 the objective is missed. */
function remaining(slos: readonly Slo[]): RecordingRule {
  const windows = [...new Set(slos.map(({ window }) => window))];
  const ratios = windows.map((window) => {
    const names = slos.filter((slo) => slo.window === window).map(({ name }) => name);
    return ratioOver(window, windows.length === 1 ? undefined : oneOf('slo', names));
  });
  return { record: SLO_SERIES.remaining, expr: `1 - (${ratios.join(' or ')}) / ${SLO_SERIES.budget}` };
}
