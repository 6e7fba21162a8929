/**
 * PromQL on calls between services, for the service map: which service calls which, how often, with which share of failures, and for how long.
 *
 * The side that calls counts a call, by its client span. The label `peer_service` names the other side: a service, a database, the provider
 * of a model. A call without it has no known other side, and is missing.
 */
import { PEER, SPAN_METRICS } from './span-metrics';
import { badRatio, latencyQuantile, ratio, requestRate, type SpanQuery, selector, sumBy } from './spans';

/** Label of a call with the service that makes it. */
export const CALLER = 'service_name';
/** Label of a call with the other side. */
export const CALLED = PEER;
/** Label of a node: the name of a service, a database, a provider. */
export const NODE = 'id';

/** Which calls are counted, and over which range. */
export interface CallQuery {
  /** Regular expression of the services that call or are called, as `llm-api|mcp-tools`, or a variable. */
  readonly services: string;
  /** Range of the rates, as `5m`. */
  readonly range: string;
}

const EDGE: readonly string[] = [CALLER, CALLED];

/** The vector with a copy of a label. */
export const copyLabel = (vector: string, to: string, from: string): string =>
  `label_replace(${vector}, "${to}", "$1", "${from}", "(.+)")`;

/** Rates of the calls that the services make, and of those that others make to them. A call between two of them is counted once. */
function rates(series: string, { services, range }: CallQuery, ...more: readonly string[]): string {
  const of = (label: string) =>
    `rate(${selector(series, `${label}=~"${services}"`, `${CALLED}!=""`, ...more)}[${range}])`;
  return `${of(CALLER)} or ${of(CALLED)}`;
}

const callRate = (query: CallQuery, by: readonly string[], ...more: readonly string[]): string =>
  sumBy(by, rates(SPAN_METRICS.calls, query, ...more));

/** Calls per second. Without calls in the range there is no result. */
export const edgeRate = (query: CallQuery): string => `${callRate(query, EDGE)} > 0`;

/** An answer with 4xx is a failure: here the service is the client, and its request was refused. */
const callErrorRatio = (query: CallQuery, by: readonly string[]): string =>
  ratio(callRate(query, by, 'status_code="STATUS_CODE_ERROR"'), callRate(query, by));

/** Share of calls that failed, 0 to 1. An answer with 4xx is a failure; a call that the user canceled is none. */
export const edgeErrorRatio = (query: CallQuery): string => callErrorRatio(query, EDGE);

const callQuantile = (quantile: number, query: CallQuery, by: readonly string[]): string =>
  `histogram_quantile(${quantile}, ${sumBy([...by, 'le'], rates(SPAN_METRICS.durationBucket, query))}) >= 0`;

/** A quantile of the duration of calls, in seconds. */
export const edgeQuantile = (quantile: number, query: CallQuery): string => callQuantile(quantile, query, EDGE);

/** The vector by node instead of by one label. */
const byNode = (vector: string, label: string): string => sumBy([NODE], copyLabel(vector, NODE, label));

/** What the services measure of themselves; of other nodes, what the calls to them measure. */
const measured = (ofService: (query: SpanQuery) => string, ofCalls: string, { services, range }: CallQuery): string =>
  `${byNode(ofService({ matchers: `${CALLER}=~"${services}"`, range }), CALLER)} or ${byNode(ofCalls, CALLED)}`;

/** Requests per second of each node: those of a service's server spans; of a node without, the calls to it. */
export const nodeRate = (query: CallQuery): string =>
  measured((own) => `${requestRate(own)} > 0`, `${callRate(query, [CALLED])} > 0`, query);

/** Share of requests of each node that failed, 0 to 1: of a service the bad ones; of a node without server spans, the failed calls to it. */
export const nodeErrorRatio = (query: CallQuery): string => measured(badRatio, callErrorRatio(query, [CALLED]), query);

/** A quantile of the duration of requests of each node, in seconds. */
export const nodeQuantile = (quantile: number, query: CallQuery): string =>
  measured((own) => `${latencyQuantile(quantile, own)} >= 0`, callQuantile(quantile, query, [CALLED]), query);

/** Calls per second that each node makes: the only number of a service that calls others, and gets no requests. */
export const nodeCalls = (query: CallQuery): string => byNode(`${callRate(query, [CALLER])} > 0`, CALLER);
