/** The indicator of an objective in PromQL: its events and its bad events per second, over one range. */
import type { Slo } from '../../config/schema/slos';
import { isFromSpans, selector, upTo } from '../../metrics/spans';
import { metricSelector } from '../../promql/metric-selector';

type Indicator = Slo['indicator'];

/** Every selector of an indicator. They are checked against the catalogue of metrics. */
export function selectorsOf(indicator: Indicator): readonly string[] {
  if (indicator.type === 'ratio') return [...indicator.total, ...(indicator.bad ?? indicator.good ?? [])];
  return [countOf(indicator), fastOf(indicator)];
}

/** Whether any metric of an indicator is made from spans. */
export const countsSpans = (indicator: Indicator): boolean =>
  selectorsOf(indicator).some((text) => isFromSpans(metricSelector(text)?.metric ?? ''));

/** Events per second. No data if their metric does not exist. */
export const totalRate = (indicator: Indicator, range: string): string =>
  (indicator.type === 'ratio' ? indicator.total : [countOf(indicator)]).map((text) => rate(text, range)).join(' + ');

/**
 * Bad events per second. Before the first bad event there is no series; the result is then 0 if the total exists, and no data otherwise. A
 * latency needs no such 0: its buckets exist from the first event on, unless there is none with that bound.
 */
export function badRate(indicator: Indicator, range: string): string {
  const total = `(${totalRate(indicator, range)})`;
  if (indicator.type === 'latency') return `clamp_min(${total} - ${rate(fastOf(indicator), range)}, 0)`;
  const counted = (selectors: readonly string[]) =>
    selectors.map((text) => `(${rate(text, range)} or 0 * ${total})`).join(' + ');
  return indicator.bad === null
    ? `clamp_min(${total} - (${counted(indicator.good ?? [])}), 0)`
    : `${counted(indicator.bad)} and ${total}`;
}

const rate = (text: string, range: string) => `sum(rate(${text}[${range}]))`;

type Latency = Extract<Indicator, { type: 'latency' }>;
const countOf = ({ histogram, matchers }: Latency) => selector(`${histogram}_count`, matchers);
const fastOf = ({ histogram, matchers, seconds }: Latency) => selector(`${histogram}_bucket`, matchers, upTo(seconds));
