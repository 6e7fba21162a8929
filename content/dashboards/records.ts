/**
 * What Prometheus records for panels. A graph of six hours reads a thousand samples of each series, and the metrics from spans have a
 * series for each pod, Collector and bucket: without rules, a panel of all services takes seconds. See docs/performance.md, "Queries".
 *
 * A panel is written with the series that programs emit; `render/recorded.ts` replaces them by these where the result is the same.
 */
import { seconds } from '../../config/units';
import { FIRST_CHUNK, OPERATION_DURATION, TOKEN_USAGE } from '../../metrics/gen-ai';
import { LLM_API_DURATION, LLM_API_REQUESTS } from '../../metrics/jan-server';
import { notAnswer, notProbe } from '../../metrics/routes';
import { PEER, SPAN_METRICS } from '../../metrics/span-metrics';
import { FALLBACKS, REQUEST, selector, sumBy } from '../../metrics/spans';
import type { MissingSource } from '../missing-source';
import type { RecordingGroup } from '../objectives/rules';
import type { ContentSettings } from '../settings';

/** A recorded rate: the sum over pods and Collectors. */
export interface Recorded {
  /** Its name. It does not contain that of a histogram: Grafana would look for exemplars of it in the wrong query of a panel. */
  readonly record: string;
  /** The counter, as a program emits it. */
  readonly series: string;
  /** Matchers of what is counted, without braces. */
  readonly matchers: string;
  /** Its labels. */
  readonly by: readonly string[];
  /** The record with more labels that it adds up, so that the counter is read once. @default - the counter */
  readonly of?: string;
}

const STATUS = ['http_response_status_code', 'status_code'];
const MODEL = ['service_name', 'gen_ai_operation_name', 'gen_ai_provider_name', 'gen_ai_request_model'];
/** A service chooses the names of its spans freely. There are no more of them than `collector.spanMetrics.cardinalityLimit` lets through. */
const OPEN = 'span_name';
const SPAN = ['service_name', OPEN, 'span_kind', 'http_route'];
/** Requests that no model answers. */
const PLAIN = `${REQUEST},${notAnswer('http_route')}`;
const SPANS = 'service_span:spans:rate';
const SPAN_BUCKETS = 'service_span:span_buckets:rate';
const CALLED = `${PEER}!=""`;

/** Every recorded rate of panels. Of those that fit a panel, the first replaces the series: those of few series are first. */
export const RECORDED: readonly Recorded[] = [
  {
    record: 'service_route:requests:rate',
    series: SPAN_METRICS.calls,
    matchers: REQUEST,
    by: ['service_name', 'http_route', ...STATUS],
    of: SPANS,
  },
  {
    record: 'service:plain_request_buckets:rate',
    series: SPAN_METRICS.durationBucket,
    matchers: PLAIN,
    by: ['service_name', 'le'],
    of: SPAN_BUCKETS,
  },
  {
    record: 'service:request_buckets:rate',
    series: SPAN_METRICS.durationBucket,
    matchers: REQUEST,
    by: ['service_name', 'le'],
    of: SPAN_BUCKETS,
  },
  {
    record: 'service_route:request_buckets:rate',
    series: SPAN_METRICS.durationBucket,
    matchers: REQUEST,
    by: ['service_name', 'http_route', 'le'],
    of: SPAN_BUCKETS,
  },
  {
    record: 'service_route:fallbacks:rate',
    series: FALLBACKS,
    matchers: '',
    by: ['service_name', 'http_route', 'gen_ai_provider_name', 'gen_ai_request_model'],
  },
  {
    record: 'service_peer:calls:rate',
    series: SPAN_METRICS.calls,
    matchers: CALLED,
    by: ['service_name', PEER, 'status_code'],
  },
  {
    record: 'service_peer:call_buckets:rate',
    series: SPAN_METRICS.durationBucket,
    matchers: CALLED,
    by: ['service_name', PEER, 'le'],
  },
  {
    record: 'service_kind:spans:rate',
    series: SPAN_METRICS.calls,
    matchers: '',
    by: ['service_name', 'span_kind', 'otelcol_truncated', ...STATUS],
    of: SPANS,
  },
  {
    record: SPANS,
    series: SPAN_METRICS.calls,
    matchers: '',
    by: [...SPAN, 'otelcol_truncated', ...STATUS],
  },
  {
    record: SPAN_BUCKETS,
    series: SPAN_METRICS.durationBucket,
    matchers: '',
    by: [...SPAN, 'le'],
  },
  {
    record: 'service_model:operation_buckets:rate',
    series: `${OPERATION_DURATION}_bucket`,
    matchers: '',
    by: [...MODEL, 'error_type', 'le'],
  },
  {
    record: 'service_model:operations:rate',
    series: `${OPERATION_DURATION}_count`,
    matchers: '',
    by: [...MODEL, 'error_type'],
  },
  {
    record: 'service_model:first_chunk_buckets:rate',
    series: `${FIRST_CHUNK}_bucket`,
    matchers: '',
    by: [...MODEL, 'le'],
  },
  {
    record: 'service_model:token_buckets:rate',
    series: `${TOKEN_USAGE}_bucket`,
    matchers: '',
    by: [...MODEL, 'gen_ai_token_type', 'le'],
  },
  {
    record: 'service_model:tokens:rate',
    series: `${TOKEN_USAGE}_sum`,
    matchers: '',
    by: [...MODEL, 'gen_ai_token_type'],
  },
  {
    record: 'llm_api_pod:requests:rate',
    series: LLM_API_REQUESTS,
    matchers: notProbe('endpoint'),
    by: ['pod', 'status'],
  },
  {
    record: 'llm_api_endpoint:request_buckets:rate',
    series: `${LLM_API_DURATION}_bucket`,
    matchers: '',
    by: ['endpoint', 'le'],
  },
];

/** A record that is 1 at each evaluation: how many rates a range would have of a series that was always there. */
export const EVALUATIONS = 'panels:evaluations';

/** Group of the rules. */
const GROUP = 'panels';

/** Scrapes in the range of a rate: as Grafana's `$__rate_interval` at its shortest. */
const SCRAPES = 4;

/**
 * The rules, evaluated as often as targets are scraped: Grafana's shortest step. So `$__interval` always contains a recorded value, and in a
 * graph of an hour exactly one, which is what the panel would have computed.
 * @param missing which series have no source; what is recorded from them is left out
 */
export function panelRecordingRules(
  { prometheus: { scrapeInterval } }: ContentSettings,
  missing: MissingSource,
): readonly RecordingGroup[] {
  const range = `${SCRAPES * seconds(scrapeInterval)}s`;
  const there = RECORDED.filter(
    ({ series, matchers }) => missing(`rate(${selector(series, matchers)}[${range}])`) === undefined,
  );
  if (there.length === 0) return [];
  const read = ({ series, matchers, of }: Recorded) =>
    of === undefined ? `rate(${selector(series, matchers)}[${range}])` : selector(of, matchers);
  const rules = [...there.filter(({ of }) => of === undefined), ...there.filter(({ of }) => of !== undefined)].map(
    (one) => ({
      record: one.record,
      expr: `${sumBy(one.by, read(one))}${one.by.includes(OPEN) ? ' # allow open-label' : ''}`,
    }),
  );
  return [{ name: GROUP, interval: scrapeInterval, rules: [{ record: EVALUATIONS, expr: 'vector(1)' }, ...rules] }];
}
