/** One trace, and what its service did at that time. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { badRatio, latencyQuantile, requestRate } from '../../../metrics/spans';
import { REFUSED } from '../parts/annotations';
import { FAILING } from '../parts/limits';
import { toService, toTraces } from '../parts/links';
import { NO_SPANS } from '../parts/no-data';
import { RATE } from '../parts/range';
import { service, traceId } from '../parts/variables';
import type { Dashboard, Lines, Trace, Values } from '../spec';
import { UNITS } from '../units';
import { failedTraces, recentTraces } from './shared-traces';

/** All requests to the chosen service. */
const OF_SERVICE = { range: RATE, matchers: 'service_name="$service"', by: [] } as const;
const LINKS = [toService('${service}'), toTraces('${service}')];

const spans = (): Trace => ({
  kind: 'trace',
  title: 'Spans of the trace',
  description:
    'Each span of the trace $traceId, with its attributes and events. A span links to the metrics of its pod, in Explore, which viewers may not open. An error here means that the field Trace ID is empty, or that Jaeger has no trace with this id: it was not sampled, or is older than jaeger.ttl',
  noData: 'No trace: a link from an exemplar or from a table of traces fills in the field Trace ID',
  traceId: '${traceId}',
});

const failingNow = (): Values => ({
  kind: 'stat',
  title: 'Failing',
  description: 'Share of requests to the service that failed at the server or got a fallback answer. 4xx are left out',
  unit: UNITS.share,
  noData: NO_SPANS,
  limits: FAILING,
  queries: [{ expr: badRatio(OF_SERVICE), legend: 'failing' }],
  links: LINKS,
});

const p95Now = (): Values => ({
  kind: 'stat',
  title: '95 % within',
  description: 'Nineteen of twenty requests to the service take no longer than this',
  unit: UNITS.seconds,
  noData: NO_SPANS,
  limits: null,
  queries: [{ expr: latencyQuantile(0.95, OF_SERVICE), legend: '95 %' }],
  links: LINKS,
});

const rateNow = (): Values => ({
  kind: 'stat',
  title: 'Requests',
  description: 'Requests a second to the service, counted from server spans before any sampling',
  unit: UNITS.requestsPerSecond,
  noData: NO_SPANS,
  limits: null,
  queries: [{ expr: requestRate(OF_SERVICE), legend: 'requests' }],
  links: LINKS,
});

const rate = (): Lines => ({
  kind: 'lines',
  title: 'Request rate of $service',
  description: 'Requests a second to the service, counted from server spans before any sampling',
  unit: UNITS.requestsPerSecond,
  noData: NO_SPANS,
  queries: [{ expr: requestRate(OF_SERVICE), legend: 'requests' }],
  links: LINKS,
});

const failing = (): Lines => ({
  kind: 'lines',
  title: 'Failing requests of $service',
  description: 'Share of requests that failed at the server or got a fallback answer. 4xx are left out',
  unit: UNITS.share,
  noData: NO_SPANS,
  limits: FAILING,
  queries: [{ expr: badRatio(OF_SERVICE), legend: 'failing' }],
  links: LINKS,
});

const duration = (): Lines => ({
  kind: 'lines',
  title: 'Duration of requests of $service',
  description: 'How long half and 95 % of the requests take. Dots lead to traces',
  unit: UNITS.seconds,
  noData: NO_SPANS,
  exemplars: true,
  queries: [
    { expr: latencyQuantile(0.5, OF_SERVICE), legend: 'half' },
    { expr: latencyQuantile(0.95, OF_SERVICE), legend: '95 %' },
  ],
  links: LINKS,
});

/**
 * "Trace". Links from exemplars and from tables of traces lead here, each with a trace ID. Jaeger's datasource reports an error without
 * one, so no list of dashboards has this one.
 */
export const trace = (first: string | undefined): Dashboard => ({
  uid: DASHBOARD_UIDS.trace,
  title: 'Trace',
  description: 'The spans of one trace, and what its service did at that time',
  tags: ['traces'],
  listed: false,
  // A trace does not change once it is complete, and each refresh closes the spans that were opened (TraceView, useDetailState.ts).
  refresh: '',
  variables: [traceId, service(first)],
  annotations: [REFUSED],
  related: [DASHBOARD_UIDS.traces, DASHBOARD_UIDS.red],
  rows: [
    { title: 'Is $service well?', panels: [failingNow(), p95Now(), rateNow()] },
    { title: 'Where did the time go?', panels: [spans()] },
    { title: 'Was it like this for all requests of $service?', panels: [rate(), failing(), duration()] },
    { title: 'Which other traces are there?', panels: [failedTraces(), recentTraces()] },
  ],
});
