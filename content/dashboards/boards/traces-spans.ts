/** Panels of traces: what the spans of the chosen service are, and which of them fail or are slow. */
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { FAILED, quantileOf, ratio, SERVER_SPAN, selector, sumBy } from '../../../metrics/spans';
import { FAILING } from '../parts/limits';
import { FAILED_SPANS, toService, toTraces } from '../parts/links';
import { NO_SPANS } from '../parts/no-data';
import { RATE, SHOWN } from '../parts/range';
import type { Lines, Table } from '../spec';
import { UNITS } from '../units';
import { byKind } from './service-map';

/** Spans of the chosen service. */
export const OF_SERVICE = 'service_name="$service"';
const LINKS = [toService('${service}'), toTraces('${service}')];

const perSecond = (range: string, ...matchers: readonly string[]) =>
  `rate(${selector(SPAN_METRICS.calls, OF_SERVICE, ...matchers)}[${range}])`;

/** Spans a second of the chosen service. */
export const spans = (by: readonly string[], range: string, ...matchers: readonly string[]): string =>
  sumBy(by, perSecond(range, ...matchers));

const ERROR = 'status_code="STATUS_CODE_ERROR"';

/**
 * Share of the spans of the chosen service that failed. An answer with 4xx is no failure of the service that gives it, but one of the service
 * that gets it.
 */
export function failedShare(by: readonly string[], range: string): string {
  const failed = `${perSecond(range, SERVER_SPAN, FAILED)} or ${perSecond(range, 'span_kind!="SPAN_KIND_SERVER"', ERROR)}`;
  return ratio(sumBy(by, failed), spans(by, range));
}

const KINDS =
  'Server spans are requests, client spans are calls, internal spans are steps inside, and those of a producer and a consumer are messages';
/** Matchers of the failed spans of a kind. */
const failedOf = (kind: string) => (kind === SERVER_SPAN ? FAILED : ERROR);

export const spansByKind = (): Lines => ({
  kind: 'lines',
  title: 'Spans by kind',
  description: `Spans a second of $service, counted before any sampling. ${KINDS}`,
  unit: UNITS.spansPerSecond,
  noData: NO_SPANS,
  width: 12,
  stacked: true,
  queries: byKind((kind) => spans([], RATE, kind)),
  links: LINKS,
});

export const failedByKind = (): Lines => ({
  kind: 'lines',
  title: 'Failed spans by kind',
  description: `Share of the spans of each kind that failed. An answer of $service with 4xx is not counted, one that it gets is. ${KINDS}`,
  unit: UNITS.share,
  noData: NO_SPANS,
  width: 12,
  limits: FAILING,
  queries: byKind((kind) => ratio(spans([], RATE, kind, failedOf(kind)), spans([], RATE, kind))),
  links: [toService('${service}'), toTraces('${service}', FAILED_SPANS)],
});

const BY_NAME = ['span_name'] as const;
/** A service chooses the names of its spans freely, so only the most frequent ones are shown. */
const MOST = `topk(50, ${spans(BY_NAME, SHOWN)})`;
const ofMost = (expr: string) => `${expr} and on (${BY_NAME}) ${MOST} # allow open-label`;

export const operations = (): Table => ({
  kind: 'table',
  title: 'Operations',
  description:
    'The 50 most frequent names of spans of $service in the time range: spans a second, the share that failed, and how long nineteen of twenty took at most. An answer with 4xx is not a failure, one that the service gets is',
  unit: UNITS.spansPerSecond,
  noData: NO_SPANS,
  width: 24,
  columns: { span_name: 'Operation' },
  queries: [
    { expr: ofMost(failedShare(BY_NAME, SHOWN)), legend: 'Failed' },
    { expr: `${MOST} # allow open-label`, legend: 'Spans' },
    {
      expr: ofMost(quantileOf(0.95, SPAN_METRICS.durationBucket, { range: SHOWN, matchers: OF_SERVICE, by: BY_NAME })),
      legend: '95 %',
    },
  ],
  cells: {
    Failed: { unit: UNITS.share, show: 'colour', limits: FAILING, width: 120 },
    Spans: { show: 'bar', width: 320 },
    '95 %': { unit: UNITS.wholeSeconds, show: 'bar', width: 320 },
  },
  sortBy: 'Failed',
  links: [toService('${service}')],
});
