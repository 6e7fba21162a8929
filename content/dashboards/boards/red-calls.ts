/** Panels of RED: a service's outgoing calls. Its client spans have no route. */

import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { CALL, callErrorRatio, callRate, quantileOf } from '../../../metrics/spans';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';
import { TRACES, twenty } from './red-rate';

const NO_CALLS = 'No calls: does the service ask others, and does it make client spans of that?';
const MATCHERS = 'service_name="$service"';
const BY_OPERATION = { range: RATE, matchers: MATCHERS, by: ['span_name'] };

export const callRates = (): Lines => ({
  kind: 'lines',
  title: 'Calls to others by operation',
  description: 'Client spans a second: calls to providers, databases and other services',
  unit: 'reqps',
  noData: NO_CALLS,
  queries: [{ expr: twenty(callRate(BY_OPERATION)), legend: '{{span_name}}' }],
  links: TRACES,
});

export const callErrors = (): Lines => ({
  kind: 'lines',
  title: 'Failing calls to others by operation',
  description: 'Share of client spans that failed. A 4xx counts: the service is the client here, and was refused',
  unit: 'percentunit',
  noData: NO_CALLS,
  limits: { warning: 0.01, critical: 0.05 },
  queries: [{ expr: twenty(callErrorRatio(BY_OPERATION)), legend: '{{span_name}}' }],
  links: TRACES,
});

export const callDuration = (): Lines => ({
  kind: 'lines',
  title: '95th percentile of calls to others',
  description: 'Nineteen of twenty calls took no longer. Dots lead to traces',
  unit: 's',
  noData: NO_CALLS,
  exemplars: true,
  queries: [
    {
      expr: twenty(quantileOf(0.95, SPAN_METRICS.durationBucket, { ...BY_OPERATION, matchers: `${MATCHERS},${CALL}` })),
      legend: '{{span_name}}',
    },
  ],
  links: TRACES,
});
