/**
 * PromQL on calls between services, for the service map: which service calls which, how often, with which share of failures, and for how long.
 *
 * The side that calls counts a call: by its client span, whose label `peer_service` names the other side, or by the metrics for language
 * models, whose label names the provider. The Collector gives a span that counts for a provider no `peer_service`, so each call is counted
 * once. A call without either label has no known other side, and is missing.
 */
import { CANCELED, FAILED_CALL, OPERATION_DURATION } from './gen-ai';
import { PEER, SPAN_METRICS } from './span-metrics';
import { badRatio, latencyQuantile, ratio, requestRate, type SpanQuery, selector, sumBy } from './spans';

/** Labels of an edge: the service that calls, and the other side. */
const EDGE: readonly Side[] = ['source', 'target'];
/** All calls to one other side, by all callers. Those of a caller cannot be grouped this way: both metrics name it `service_name`. */
const TARGET: readonly Side[] = ['target'];
/** Label of a node: the name of a service, a database, a provider. */
const NODE = 'id';

/** Which calls are counted, and over which range. */
export interface CallQuery {
  /** Regular expression of the services that call or are called, as `llm-api|mcp-tools`, or a variable. */
  readonly services: string;
  /** Range of the rates, as `5m`. */
  readonly range: string;
}

type Side = 'source' | 'target';

/** One of the two metrics that count calls. */
interface Counted {
  /** Label with the other side. */
  readonly target: string;
  readonly calls: string;
  readonly buckets: string;
}
const SPANS: Counted = { target: PEER, calls: SPAN_METRICS.calls, buckets: SPAN_METRICS.durationBucket };
const MODELS: Counted = {
  target: 'gen_ai_provider_name',
  calls: `${OPERATION_DURATION}_count`,
  buckets: `${OPERATION_DURATION}_bucket`,
};

/** The vector with a copy of a label. */
const copyLabel = (vector: string, to: string, from: string): string =>
  `label_replace(${vector}, "${to}", "$1", "${from}", "(.+)")`;

/** Rates of the series of calls. A provider is none of the services; a call between two of them is counted once. */
function rates(
  { target }: Counted,
  series: string,
  { services, range }: CallQuery,
  ...more: readonly string[]
): string {
  const of = (label: string) =>
    `rate(${selector(series, `${label}=~"${services}"`, `${target}!=""`, ...more)}[${range}])`;
  return target === PEER ? `${of('service_name')} or ${of(PEER)}` : of('service_name');
}

/** Copies the metric's own labels to sides of an edge. They stay, so that `or` between the metrics returns both completely. */
const named = (vector: string, { target }: Counted, sides: readonly Side[]): string =>
  sides.reduce((inner, side) => copyLabel(inner, side, side === 'source' ? 'service_name' : target), vector);

const own = ({ target }: Counted, sides: readonly Side[]) =>
  sides.map((side) => (side === 'source' ? 'service_name' : target));

/** Calls per second by sides of an edge, with matchers for each of the two metrics. */
function calls(query: CallQuery, sides: readonly Side[], ofSpans: string | undefined, ofModels: string | undefined) {
  const of = (counted: Counted, matcher: string | undefined) =>
    named(
      sumBy(own(counted, sides), rates(counted, counted.calls, query, ...(matcher === undefined ? [] : [matcher]))),
      counted,
      sides,
    );
  return sumBy(sides, `${of(SPANS, ofSpans)} or ${of(MODELS, ofModels)}`);
}

/** Calls per second. Without calls in the range there is no result. */
export const edgeRate = (query: CallQuery): string => callRate(query, EDGE);

const callRate = (query: CallQuery, sides: readonly Side[]): string =>
  `${calls(query, sides, undefined, undefined)} > 0`;

/**
 * Share of calls that failed, 0 to 1, of those that the user did not cancel. An answer with 4xx is a failure: here the service is the
 * client, and its request was refused.
 */
export const edgeErrorRatio = (query: CallQuery): string => callErrorRatio(query, EDGE);

const callErrorRatio = (query: CallQuery, sides: readonly Side[]): string =>
  ratio(
    calls(query, sides, 'status_code="STATUS_CODE_ERROR"', FAILED_CALL),
    calls(query, sides, undefined, `error_type!="${CANCELED}"`),
  );

/**
 * A quantile of the duration of calls, in seconds. The two metrics have different buckets, so each has a quantile of its own; for an edge
 * with both, this is the longer one.
 */
export const edgeQuantile = (quantile: number, query: CallQuery): string => callQuantile(quantile, query, EDGE);

function callQuantile(quantile: number, query: CallQuery, sides: readonly Side[]): string {
  const of = (counted: Counted) =>
    named(
      `histogram_quantile(${quantile}, ${sumBy([...own(counted, sides), 'le'], rates(counted, counted.buckets, query))})`,
      counted,
      sides,
    );
  return `max by (${sides.join(', ')}) (${of(SPANS)} or ${of(MODELS)}) >= 0`;
}

/** The vector by node instead of by one label. */
const byNode = (vector: string, label: string): string => `max by (${NODE}) (${copyLabel(vector, NODE, label)})`;

/** What the services measure of themselves; of other nodes, what the calls to them measure. */
const measured = (ofService: (query: SpanQuery) => string, ofCalls: string, { services, range }: CallQuery): string =>
  `${byNode(ofService({ matchers: `service_name=~"${services}"`, range }), 'service_name')} or ${byNode(ofCalls, 'target')}`;

/** Requests per second of each node: those of a service's server spans; of a node without, the calls to it. */
export const nodeRate = (query: CallQuery): string =>
  measured((own) => `${requestRate(own)} > 0`, callRate(query, TARGET), query);

/** Share of requests of each node that failed, 0 to 1: of a service the bad ones; of a node without server spans, the failed calls to it. */
export const nodeErrorRatio = (query: CallQuery): string => measured(badRatio, callErrorRatio(query, TARGET), query);

/** A quantile of the duration of requests of each node, in seconds. */
export const nodeQuantile = (quantile: number, query: CallQuery): string =>
  measured((own) => `${latencyQuantile(quantile, own)} >= 0`, callQuantile(quantile, query, TARGET), query);

/** Calls per second that each node makes: the only number of a service that calls others, and gets no requests. */
export const nodeCalls = (query: CallQuery): string => byNode(`sum by (source) (${edgeRate(query)})`, 'source');
