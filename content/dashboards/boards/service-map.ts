/** Panels of calls between services: a map, the same as a table, and Jaeger's graph. */
import {
  CALLED,
  CALLER,
  edgeErrorRatio,
  edgeQuantile,
  edgeRate,
  nodeCalls,
  nodeErrorRatio,
  nodeQuantile,
  nodeRate,
} from '../../../metrics/calls';
import { FAILING } from '../parts/limits';
import { FAILED_SPANS, toService, toTraces } from '../parts/links';
import { SHOWN } from '../parts/range';
import type { JaegerMap, Query, ServiceMap, Table } from '../spec';
import { UNITS } from '../units';

/** Over the time that is shown: a call an hour ago is still a call. */
const CALLS = { services: '$service', range: SHOWN };
const P95 = 0.95;
/** The name in what is clicked: a circle, an arrow, a cell. */
const CLICKED = '${__value.raw}';
const LINKS = [
  toService(CLICKED),
  toTraces(CLICKED),
  { ...toTraces(CLICKED, FAILED_SPANS), title: 'Failed traces of this service' },
];

const COUNTED =
  'Calls between the selected services and their peers over the shown time, as the side that calls measures them with client spans, before any sampling. A peer is what the SDK names (peer.service), a kind of database or broker, a Service of this cluster, or the provider of a model. Other hosts outside are left out';
const NO_CALLS =
  'No calls with a known other side in the shown time. A service appears if its SDK makes client spans with peer.service, with db.system.name, or with the name of a Service in server.address. See "Service map" in docs/signals.md';

/** Calls as a graph. It needs a variable `service`, of one value or of several. */
export const serviceMap = (): ServiceMap => ({
  kind: 'map',
  title: 'Service map',
  width: 14,
  description: `${COUNTED}. On an edge: calls a second and the share that failed; it is red from ${100 * FAILING.critical} % on. In a circle: the requests of a service by its own server spans; of anything else, the calls to it. A click shows the 95th percentile and links. Where it is empty, the table beside it says what is missing`,
  noData: NO_CALLS,
  edges: { rate: edgeRate(CALLS), failing: edgeErrorRatio(CALLS), p95: edgeQuantile(P95, CALLS) },
  nodes: {
    rate: nodeRate(CALLS),
    failing: nodeErrorRatio(CALLS),
    p95: nodeQuantile(P95, CALLS),
    calls: nodeCalls(CALLS),
  },
  critical: FAILING.critical,
  nodeLinks: LINKS,
  edgeLinks: LINKS,
});

/** The same calls as rows, the most frequent first. */
export const callTable = (): Table => ({
  kind: 'table',
  title: 'Calls between services',
  width: 10,
  description: `${COUNTED}. An answer with 4xx is a failure here: the caller was refused`,
  unit: UNITS.callsPerSecond,
  noData: NO_CALLS,
  columns: { [CALLER]: 'From', [CALLED]: 'To' },
  queries: [
    { expr: edgeRate(CALLS), legend: 'Rate' },
    { expr: edgeErrorRatio(CALLS), legend: 'Failing' },
    { expr: edgeQuantile(P95, CALLS), legend: '95 %' },
  ],
  cells: {
    From: { links: LINKS },
    To: { links: [toService(CLICKED)] },
    Failing: { unit: UNITS.share, show: 'colour', limits: FAILING },
    '95 %': { unit: UNITS.seconds },
  },
  sortBy: 'Rate',
});

/** Jaeger's graph: it needs traces with spans of several services, and knows neither rates nor failures. */
export const jaegerMap = (): JaegerMap => ({
  kind: 'jaegerMap',
  title: 'As Jaeger sees it',
  description:
    'Services and how often each calls another, from the spans that Jaeger keeps. With OpenSearch, Elasticsearch or Cassandra it is filled by the spark-dependencies job',
  noData:
    'No calls between services: do spans of more than one service belong to one trace? Of Jan Server up to 2026-01 none do: llm-api ignores the traceparent of a request, and most of its services send no spans',
});

/** Kinds of spans by the value of `span_kind`, as a person says them. */
const KINDS = {
  SPAN_KIND_SERVER: 'server',
  SPAN_KIND_CLIENT: 'client',
  SPAN_KIND_PRODUCER: 'producer',
  SPAN_KIND_CONSUMER: 'consumer',
  SPAN_KIND_INTERNAL: 'internal',
} as const;

/**
 * Queries of one line for each kind of span, with the kind in plain words as the legend.
 * @param expr PromQL of the spans that a matcher of `span_kind` selects
 */
export const byKind = (expr: (matcher: string) => string): readonly [Query, ...Query[]] => {
  const of = (kind: keyof typeof KINDS): Query => ({ expr: expr(`span_kind="${kind}"`), legend: KINDS[kind] });
  return [
    of('SPAN_KIND_SERVER'),
    of('SPAN_KIND_CLIENT'),
    of('SPAN_KIND_PRODUCER'),
    of('SPAN_KIND_CONSUMER'),
    of('SPAN_KIND_INTERNAL'),
  ];
};
