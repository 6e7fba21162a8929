/**
 * PromQL on the span metrics, for alerts, SLOs and panels. It defines what a request is, and which requests have failed.
 *
 * A request is a server span, except that of a probe or a scrape: those always succeed, so that with few users a large outage would look
 * small, and they continue without users. A request has failed if its status is Error, unless its HTTP status shows a client error: the
 * conventions leave the status of a server span unset on 4xx (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#status), and
 * llm-api sets Error all the same. For a span without an HTTP status, such as gRPC's, only the span's status counts.
 *
 * Error ratios exclude 4xx from the total as well. Otherwise many refused requests would hide an outage.
 */
import { notProbe } from './routes';
import { SPAN_METRICS } from './span-metrics';

/** Histogram of the duration of spans, in seconds, without the `_bucket` of its series. */
export const SPAN_DURATION = `${SPAN_METRICS.prometheusNamespace}_duration_seconds`;

/**
 * Counter of failed completions that were answered with a fallback text and HTTP 200, with or without an event of llm-api. Cancelled
 * requests and errors of the client are not among them. None of them has a failed server span, so the sum with failed requests counts
 * nothing twice.
 */
export const FALLBACKS = 'jan_completion_fallbacks_total';

/** A matcher of server spans. */
export const SERVER_SPAN = 'span_kind="SPAN_KIND_SERVER"';
/** Matchers of requests: server spans without probes and scrapes. gRPC has no route, so its probes are excluded by span name. */
export const REQUEST = `${SERVER_SPAN},${notProbe('http_route')},span_name!="grpc.health.v1.Health/Check"`;
/** A matcher that excludes requests that were refused because of the client. */
export const NOT_REFUSED = 'http_response_status_code!~"4.."';
/** Matchers of outgoing calls: client spans. */
export const CALL = 'span_kind="SPAN_KIND_CLIENT"';
/** Matchers of failed spans, without client errors. */
export const FAILED = 'status_code="STATUS_CODE_ERROR",http_response_status_code!~"[1-4].."';

/** Whether a metric is made from spans: if the spans are sampled, it counts only a part of the events. */
export const isFromSpans = (metric: string): boolean =>
  metric.startsWith(`${SPAN_METRICS.prometheusNamespace}_`) || metric.startsWith('gen_ai_') || metric === FALLBACKS;

/** Which spans are counted, over which range, and by which labels. */
export interface SpanQuery {
  /** Label matchers without braces, as `service_name="llm-api"`. @default - every span of the kind */
  readonly matchers?: string;
  /** Range of the rate, as `5m`; in a panel `$__rate_interval`. */
  readonly range: string;
  /** Labels of the result. @default - service_name */
  readonly by?: readonly string[];
}

const BY_SERVICE: readonly string[] = ['service_name'];

/** Joins matchers that must all hold, from lists that may be empty or missing. */
const allOf = (...matchers: readonly (string | undefined)[]): string =>
  matchers.filter((matcher) => matcher !== undefined && matcher !== '').join(',');

/** A selector of a metric, from matchers that may be empty. */
export function selector(metric: string, ...matchers: readonly (string | undefined)[]): string {
  const all = allOf(...matchers);
  return all === '' ? metric : `${metric}{${all}}`;
}

/** An aggregation by labels; without labels, over everything. */
export const sumBy = (labels: readonly string[], inner: string): string =>
  labels.length === 0 ? `sum(${inner})` : `sum by (${labels.join(', ')}) (${inner})`;

const calls = (kind: string, { matchers, range }: SpanQuery, ...more: readonly string[]) =>
  `rate(${selector(SPAN_METRICS.calls, matchers, kind, ...more)}[${range}])`;

/** Requests per second. */
export const requestRate = (query: SpanQuery): string => sumBy(query.by ?? BY_SERVICE, calls(REQUEST, query));

/** Failed requests per second. No data if none has ever failed: for a ratio, use `errorRatio`. */
export const errorRate = (query: SpanQuery): string => sumBy(query.by ?? BY_SERVICE, calls(REQUEST, query, FAILED));

/**
 * Bad requests per second: failed ones, and completions that were answered with HTTP 200 although the provider had failed. Both counters
 * have `service_name` and `http_route`; the matchers and `by` must not use other labels. No data if there was never a bad one.
 */
export function badRate(query: SpanQuery): string {
  const fallbacks = `rate(${selector(FALLBACKS, query.matchers)}[${query.range}])`;
  // `or` returns both completely: series of calls have a span_kind, those of fallbacks have none.
  return sumBy(query.by ?? BY_SERVICE, `${calls(REQUEST, query, FAILED)} or ${fallbacks}`);
}

/** Requests per second that were not refused because of the client: those that can fail. */
const validRate = (query: SpanQuery): string => sumBy(query.by ?? BY_SERVICE, calls(REQUEST, query, NOT_REFUSED));

/**
 * Share of requests that failed, 0 to 1, among those that were not refused with 4xx. No data without such requests; 0 if none of them has
 * ever failed.
 */
export const errorRatio = (query: SpanQuery): string => ratio(errorRate(query), validRate(query));

/** Share of bad requests, 0 to 1, including fallbacks, among those that were not refused with 4xx. */
export const badRatio = (query: SpanQuery): string => ratio(badRate(query), validRate(query));

/** Outgoing calls per second: to a provider, a database, an object store. */
export const callRate = (query: SpanQuery): string => sumBy(query.by ?? BY_SERVICE, calls(CALL, query));

/** Share of outgoing calls that failed, 0 to 1. A 4xx counts as failed: here the service is the client, and its request was refused. */
export const callErrorRatio = (query: SpanQuery): string =>
  ratio(sumBy(query.by ?? BY_SERVICE, calls(CALL, query, 'status_code="STATUS_CODE_ERROR"')), callRate(query));

/**
 * A quantile of the duration of requests, in seconds.
 * @param quantile from 0 to 1, as 0.95
 */
export const latencyQuantile = (quantile: number, query: SpanQuery): string =>
  quantileOf(quantile, SPAN_METRICS.durationBucket, { ...query, matchers: allOf(query.matchers, REQUEST) });

/**
 * A quantile of a classic histogram.
 * @param buckets name of its buckets, as `vllm:time_to_first_token_seconds_bucket`
 */
export const quantileOf = (quantile: number, buckets: string, query: SpanQuery): string =>
  `histogram_quantile(${quantile}, ${sumBy([...(query.by ?? BY_SERVICE), 'le'], `rate(${selector(buckets, query.matchers)}[${query.range}])`)})`;

/**
 * A matcher of the bucket of a bound, in seconds. In `le`, Prometheus 3 writes `5.0` for scraped metrics, and `5` for metrics that are
 * pushed by OTLP (https://prometheus.io/docs/prometheus/latest/migration/, on the normalization of le).
 */
export const upTo = (seconds: number): string =>
  Number.isInteger(seconds) ? `le=~"${seconds}([.]0)?"` : `le="${seconds}"`;

/**
 * The ratio of two rates. It is 0 if the total has data and the part has no series yet. If the total is missing or 0, there is no result:
 * missing data never looks like a healthy zero.
 */
export const ratio = (part: string, whole: string): string => `(${part} or 0 * ${whole}) / (${whole} > 0)`;
