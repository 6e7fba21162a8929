/**
 * PromQL on the span metrics, for alerts, SLOs and panels. It defines what a request is, and which requests have failed.
 *
 * A request is a server span, but not that of a probe or a scrape: those always succeed, so that with few users half an outage looks
 * like a small one, and they go on when no user comes. It has failed where its status is Error, unless its HTTP status says that the
 * client was at fault: the conventions leave the status of a server span unset on 4xx
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#status), and llm-api sets Error all the same. A span without an HTTP
 * status, as gRPC has, is judged by its status alone.
 *
 * Shares of failed requests leave 4xx out of the whole as well. Otherwise many refused requests would hide an outage.
 */
import { notProbe } from './routes';
import { SPAN_METRICS } from './span-metrics';

/** Histogram of the duration of spans, in seconds, without the `_bucket` of its series. */
export const SPAN_DURATION = `${SPAN_METRICS.prometheusNamespace}_duration_seconds`;

/**
 * Counter of completions that failed and were answered with a text of Jan's own and HTTP 200, whether or not llm-api recorded an event
 * for it. Cancelled requests and errors of the client are not among them. None of them has a failed server span: added to failed
 * requests, nothing counts twice.
 */
export const FALLBACKS = 'jan_completion_fallbacks_total';

/** A matcher of server spans. */
export const SERVER_SPAN = 'span_kind="SPAN_KIND_SERVER"';
/** Matchers of requests: server spans without probes and scrapes. gRPC has no route: its probes have a name. */
export const REQUEST = `${SERVER_SPAN},${notProbe('http_route')},span_name!="grpc.health.v1.Health/Check"`;
/** A matcher that leaves out requests that were refused because of the client. */
export const NOT_REFUSED = 'http_response_status_code!~"4.."';
/** Matchers of outgoing calls: client spans. */
export const CALL = 'span_kind="SPAN_KIND_CLIENT"';
/** Matchers of spans that failed and whose client was not at fault. */
export const FAILED = 'status_code="STATUS_CODE_ERROR",http_response_status_code!~"[1-4].."';

/** Whether a metric is made from spans: where the spans are sampled, it counts a part of what happened. */
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

/** Matchers that must all hold, from lists of them that may be empty or missing. */
const allOf = (...matchers: readonly (string | undefined)[]): string =>
  matchers.filter((matcher) => matcher !== undefined && matcher !== '').join(',');

/** A selector of a metric, from matchers that may be empty. */
export function selector(metric: string, ...matchers: readonly (string | undefined)[]): string {
  const all = allOf(...matchers);
  return all === '' ? metric : `${metric}{${all}}`;
}

/** An aggregation over labels; over all of them where none is named. */
export const sumBy = (labels: readonly string[], inner: string): string =>
  labels.length === 0 ? `sum(${inner})` : `sum by (${labels.join(', ')}) (${inner})`;

const calls = (kind: string, { matchers, range }: SpanQuery, ...more: readonly string[]) =>
  `rate(${selector(SPAN_METRICS.calls, matchers, kind, ...more)}[${range}])`;

/** Requests per second. */
export const requestRate = (query: SpanQuery): string => sumBy(query.by ?? BY_SERVICE, calls(REQUEST, query));

/** Failed requests per second. No data where none has ever failed: for a ratio use `errorRatio`. */
export const errorRate = (query: SpanQuery): string => sumBy(query.by ?? BY_SERVICE, calls(REQUEST, query, FAILED));

/**
 * Bad requests per second: failed ones, and completions that Jan answered with HTTP 200 although the provider had failed. Both
 * counters have `service_name` and `http_route`: the matchers and `by` name no other label. No data where there was never a bad one.
 */
export function badRate(query: SpanQuery): string {
  const fallbacks = `rate(${selector(FALLBACKS, query.matchers)}[${query.range}])`;
  // `or` keeps both in full: series of calls have a span_kind, those of fallbacks have none.
  return sumBy(query.by ?? BY_SERVICE, `${calls(REQUEST, query, FAILED)} or ${fallbacks}`);
}

/** Requests per second that were not refused because of the client: those that can fail. */
const validRate = (query: SpanQuery): string => sumBy(query.by ?? BY_SERVICE, calls(REQUEST, query, NOT_REFUSED));

/**
 * Share of requests that failed, 0 to 1, of those that were not refused with 4xx. No data without such requests; 0 where there are some
 * and none has ever failed.
 */
export const errorRatio = (query: SpanQuery): string => ratio(errorRate(query), validRate(query));

/** Share of requests that were bad, 0 to 1, fallbacks included, of those that were not refused with 4xx. */
export const badRatio = (query: SpanQuery): string => ratio(badRate(query), validRate(query));

/** Outgoing calls per second: to a provider, a database, an object store. */
export const callRate = (query: SpanQuery): string => sumBy(query.by ?? BY_SERVICE, calls(CALL, query));

/**
 * Share of outgoing calls that failed, 0 to 1. A 4xx counts: here the service is the client, and its request was refused.
 */
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
 * A matcher of the bucket of a bound, in seconds. Prometheus 3 writes `5.0` into `le` for what it scrapes, and `5` for what is
 * pushed by OTLP (https://prometheus.io/docs/prometheus/latest/migration/, on the normalization of le).
 */
export const upTo = (seconds: number): string =>
  Number.isInteger(seconds) ? `le=~"${seconds}([.]0)?"` : `le="${seconds}"`;

/**
 * The ratio of two rates. It is 0 where the whole has data and the part has no series yet. Where the whole is missing or 0 there is no
 * result: missing data never looks like a healthy zero.
 */
export const ratio = (part: string, whole: string): string => `(${part} or 0 * ${whole}) / (${whole} > 0)`;
