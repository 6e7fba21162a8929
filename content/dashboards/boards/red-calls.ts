/** Panels of RED: a service's outgoing calls, and answers in place of a failed one. */
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { CALL, callErrorRatio, callRate, FALLBACKS, quantileOf, selector, sumBy } from '../../../metrics/spans';
import { FAILING } from '../parts/limits';
import { NONE_YET } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';
import { UNITS } from '../units';
import { CALLS, CHOSEN, FAILED_TRACES, TRACES, twenty } from './red-chosen';

const NO_CALLS = 'No calls: does the service make client spans of what it asks others?';
const BY_OPERATION = { ...CALLS, by: ['span_name'] } as const;

export const callErrors = (): Lines => ({
  kind: 'lines',
  title: 'Failing calls to others by operation',
  description:
    'Share of client spans that failed. A 4xx counts: the service is the client here, and was refused. Calls have no route: all are shown',
  unit: UNITS.share,
  noData: NO_CALLS,
  limits: FAILING,
  queries: [{ expr: twenty(callErrorRatio(BY_OPERATION)), legend: '{{span_name}}' }],
  links: FAILED_TRACES,
});

export const callDuration = (): Lines => ({
  kind: 'lines',
  title: '95th percentile of calls to others',
  description: 'Nineteen of twenty calls took no longer. Dots lead to traces',
  unit: UNITS.seconds,
  noData: NO_CALLS,
  exemplars: true,
  queries: [
    {
      expr: twenty(
        quantileOf(0.95, SPAN_METRICS.durationBucket, { ...BY_OPERATION, matchers: `${CALLS.matchers},${CALL}` }),
      ),
      legend: '{{span_name}}',
    },
  ],
  links: TRACES,
});

export const callRates = (): Lines => ({
  kind: 'lines',
  title: 'Calls to others by operation',
  description: 'Client spans a second: calls to providers, databases and other services',
  unit: UNITS.callsPerSecond,
  noData: NO_CALLS,
  queries: [{ expr: twenty(callRate(BY_OPERATION)), legend: '{{span_name}}' }],
  links: TRACES,
});

export const fallbacksByRoute = (): Lines => ({
  kind: 'lines',
  title: 'Fallback answers by route and provider',
  description:
    'Completions a second that were answered with HTTP 200 and a text of their own, because the provider had failed',
  unit: UNITS.requestsPerSecond,
  noData: NONE_YET,
  stacked: true,
  queries: [
    {
      expr: sumBy(['http_route', 'gen_ai_provider_name'], `rate(${selector(FALLBACKS, CHOSEN.matchers)}[${RATE}])`),
      legend: '{{http_route}} {{gen_ai_provider_name}}',
    },
  ],
  links: FAILED_TRACES,
});
