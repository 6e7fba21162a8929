/**
 * What Prometheus records for panels. A graph of six hours reads a thousand samples of each series, and the metrics from spans have a
 * series for each pod, Collector and bucket: without rules, a panel of all services takes seconds. See docs/performance.md, "Queries".
 *
 * A panel is written with the series that programs emit; `render/recorded.ts` replaces them by these where the result is the same.
 */
import { seconds } from '../../config/units';
import { FIRST_CHUNK, OPERATION_DURATION, TOKEN_USAGE } from '../../metrics/gen-ai';
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
}

const STATUS = ['http_response_status_code', 'status_code'];
const MODEL = ['service_name', 'gen_ai_operation_name', 'gen_ai_provider_name', 'gen_ai_request_model'];
const CALLED = `${PEER}!=""`;

/** Every recorded rate of panels. */
export const RECORDED: readonly Recorded[] = [
  {
    record: 'service_route:requests:rate',
    series: SPAN_METRICS.calls,
    matchers: REQUEST,
    by: ['service_name', 'http_route', ...STATUS],
  },
  {
    record: 'service_route:request_buckets:rate',
    series: SPAN_METRICS.durationBucket,
    matchers: REQUEST,
    by: ['service_name', 'http_route', 'le'],
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
];

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
  const rules = RECORDED.map(({ record, series, matchers, by }) => ({
    record,
    expr: sumBy(by, `rate(${selector(series, matchers)}[${range}])`),
  })).filter(({ expr }) => missing(expr) === undefined);
  return rules.length === 0 ? [] : [{ name: GROUP, interval: scrapeInterval, rules }];
}
