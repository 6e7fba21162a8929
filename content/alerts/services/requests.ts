/** Alerts on the requests to any service that sends spans. */

import { HISTOGRAM_BOUNDS } from '../../../metrics/buckets';
import { notAnswer } from '../../../metrics/routes';
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { errorRate, errorRatio, latencyQuantile, SERVER_SPAN, SPAN_DURATION } from '../../../metrics/spans';
import { pageOf, query } from '../../runbooks/checks';
import { servicesNamespace, traces, undo } from '../../runbooks/services';
import type { AlertDefinition } from '../alert';
import { rangeOf } from '../range';
import { above, below, growing, histogram } from '../test-series';
import { FROM_SPANS } from './checks';

/** Requests of one service and route, of which a percentage fails. */
const requests = (failing: number) => ({
  [`${SPAN_METRICS.calls}{service_name="a",http_route="/r",${SERVER_SPAN},status_code="STATUS_CODE_ERROR",http_response_status_code="503"}`]:
    growing(10 * failing),
  [`${SPAN_METRICS.calls}{service_name="a",http_route="/r",${SERVER_SPAN},status_code="STATUS_CODE_UNSET",http_response_status_code="200"}`]:
    growing(10 * (100 - failing)),
});

/** Test series that must not hide a failure: scrapes, which always succeed, and requests that are refused because of the client. */
const DILUTING = {
  [`${SPAN_METRICS.calls}{service_name="a",http_route="/metrics",${SERVER_SPAN},status_code="STATUS_CODE_UNSET",http_response_status_code="200"}`]:
    growing(100_000),
  [`${SPAN_METRICS.calls}{service_name="a",${SERVER_SPAN},status_code="STATUS_CODE_ERROR",http_response_status_code="404"}`]:
    growing(100_000),
};

/** Failures that are not the service's: client errors, and failures of its outgoing calls. */
const NOT_ITS_OWN = {
  [`${SPAN_METRICS.calls}{service_name="a",http_route="/r",${SERVER_SPAN},status_code="STATUS_CODE_ERROR",http_response_status_code="404"}`]:
    growing(10_000),
  [`${SPAN_METRICS.calls}{service_name="a",span_kind="SPAN_KIND_CLIENT",status_code="STATUS_CODE_ERROR"}`]:
    growing(10_000),
};

const WHICH_ROUTE = query(
  'Which route fails, requests a second.',
  errorRate({ range: '5m', by: ['service_name', 'http_route'] }),
);
const WHICH_STATUS = query(
  'With which HTTP status: 502 to 504 come from what it calls, 500 from its own code.',
  errorRate({ range: '5m', by: ['service_name', 'http_route', 'http_response_status_code'] }),
);

/** Many requests to a service fail. */
export const errorRateHigh: AlertDefinition = {
  name: 'ServiceErrorRateHigh',
  owner: 'services',
  severity: 'critical',
  for: '5m',
  threshold: { value: 5, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, { config }) => [
    {
      expr: `${errorRatio({ range: rangeOf(config) })} > ${threshold / 100}`,
      summary: '{{ $value | humanizePercentage }} of the requests to {{ $labels.service_name }} fail',
      description: `More than ${threshold} % of its server spans have failed. What was refused with 4xx is left out, as probes and /metrics are.`,
      labels: FROM_SPANS,
    },
  ],
  runbook: (at, _, isOn) => ({
    meaning:
      'Of the requests to the service in the label `service_name`, many end with an error: HTTP 5xx, or without an HTTP status a span with status Error.',
    impact: 'Its users get errors.',
    check: [
      WHICH_ROUTE,
      WHICH_STATUS,
      traces(at, 'the service, Tags error=true; the deepest span in red is the cause'),
    ],
    mend: [
      undo(at),
      'If the red span is a call to another service, a database or a provider, mend that one.',
      isOn('JanServiceRestarts')
        ? 'If pods restart or run out of memory, see JanServiceRestarts.'
        : 'If pods restart or run out of memory, mend that.',
    ],
  }),
  test: (threshold) => ({
    fires: { ...requests(above(threshold)), ...DILUTING },
    quiet: { ...requests(below(threshold)), ...NOT_ITS_OWN },
  }),
};

/** One route fails, with too few requests to show in the error rate of its service. */
export const routeErrorRateHigh: AlertDefinition = {
  name: 'ServiceRouteErrorRateHigh',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 20, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, { config }) => {
    const query = { range: rangeOf(config), by: ['service_name', 'http_route'], matchers: 'http_route!=""' };
    return [
      {
        expr: `${errorRatio(query)} > ${threshold / 100} and ${errorRate(query)} > ${LEAST_ERRORS}`,
        summary:
          '{{ $value | humanizePercentage }} of the requests to {{ $labels.http_route }} of {{ $labels.service_name }} fail',
        description: `More than ${threshold} % of the requests to this route fail, at least three a minute.`,
        labels: FROM_SPANS,
      },
    ];
  },
  runbook: (at) => ({
    meaning:
      'One route of a service fails often. The service as a whole may have few errors: the route is a small part of it.',
    impact: 'Users of this route get errors.',
    check: [WHICH_STATUS, traces(at, 'the service, Operation: the route, Tags error=true')],
    mend: [undo(at), 'If the failing span is a call to another service, a database or a provider, mend that one.'],
  }),
  test: (threshold) => ({
    fires: { ...requests(above(threshold)), ...DILUTING },
    quiet: { ...requests(below(threshold)), ...NOT_ITS_OWN },
  }),
};

/** Three a minute: one or two failures are not a trend. */
const LEAST_ERRORS = 0.05;

const PLAIN = notAnswer('http_route');

/** A service is slow. */
export const latencyHigh: AlertDefinition = {
  name: 'ServiceLatencyHigh',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 5, unit: 'seconds', min: 0.1, max: 100 },
  rules: (threshold, { config }) => [
    {
      expr: `${latencyQuantile(0.95, { range: rangeOf(config), matchers: PLAIN })} > ${threshold}`,
      summary: 'One request in twenty to {{ $labels.service_name }} takes {{ $value | humanizeDuration }} or longer',
      description: `The 95th percentile of its server spans is above ${threshold} s. Routes on which a model answers are left out: they take as long as the answer is.`,
      labels: FROM_SPANS,
    },
  ],
  runbook: (at, threshold, isOn) => ({
    meaning: 'The slowest twentieth of the requests to the service in the label `service_name` takes long.',
    impact: 'Its users wait. Callers with a timeout get errors.',
    check: [
      query(
        'Which route is slow, in seconds.',
        latencyQuantile(0.95, { range: '5m', matchers: PLAIN, by: ['service_name', 'http_route'] }),
      ),
      traces(at, `the service, Min Duration ${threshold}s; the longest span without children is where the time goes`),
      at.monitor
        ? pageOf(
            at.jaegerReader,
            'Rates, errors and durations of each operation: the page Monitor of Jaeger.',
            '/monitor',
          )
        : null,
    ],
    mend: [
      `If the time goes into a call to a model, see ${['LlmSecondsPerTokenHigh', 'VllmTimeToFirstTokenHigh'].filter(isOn).join(', ')}.`,
      `If the service itself is slow under load, give it more pods: \`kubectl scale deployment/NAME -n ${servicesNamespace(at)} --replicas=3\`.`,
      undo(at),
      'If the route is meant to take this long, raise `alerts.rules.ServiceLatencyHigh.threshold`.',
    ],
  }),
  test: (threshold) => ({
    fires: { ...durations('/r', Number.POSITIVE_INFINITY), ...durations('/healthz', 0) },
    quiet: { ...durations('/r', threshold / 3), ...durations('/llm/v1/chat/completions', Number.POSITIVE_INFINITY) },
  }),
};

const durations = (route: string, longest: number) =>
  histogram(
    SPAN_DURATION,
    `service_name="a",http_route="${route}",${SERVER_SPAN}`,
    HISTOGRAM_BOUNDS[SPAN_DURATION] ?? [],
    longest,
  );
