/** Alerts on outgoing calls of services that send spans, and on missing traffic. */

import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { CALL, callErrorRatio, REQUEST, requestRate, SERVER_SPAN, selector, sumBy } from '../../../metrics/spans';
import { query, status } from '../../runbooks/checks';
import { howToSend, namespaceExplained, servicesNamespace, traces } from '../../runbooks/services';
import type { AlertDefinition } from '../alert';
import { rangeOf } from '../range';
import { above, below, growing } from '../test-series';
import { FROM_SPANS } from './checks';
import { fellSilent, silence } from './silence';

const ofA = (kind: string, status: string, route = '/r') =>
  `${SPAN_METRICS.calls}{service_name="a",${kind},http_route="${route}",status_code="STATUS_CODE_${status}"}`;

/** Requests that continue without users: probes, and Prometheus' scrapes. */
const PROBES = {
  [ofA(SERVER_SPAN, 'UNSET', '/metrics')]: growing(10_000),
  [ofA(SERVER_SPAN, 'UNSET', '/healthz')]: growing(10_000),
  [`${SPAN_METRICS.calls}{service_name="a",${SERVER_SPAN},span_name="grpc.health.v1.Health/Check"}`]: growing(10_000),
};

/** A service that had requests no longer gets any. */
export const noTraffic: AlertDefinition = {
  name: 'ServiceNoTraffic',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 60, unit: 'requests an hour in the day before', min: 1, max: 3600 },
  rules: (threshold) => [
    {
      expr: fellSilent(selector(SPAN_METRICS.calls, REQUEST), ['service_name'], threshold),
      summary: '{{ $labels.service_name }} has had no requests for half an hour',
      description: `It had more than ${threshold} an hour in the day before; probes and /metrics are left out. Its spans may be missing rather than its requests.`,
      labels: FROM_SPANS,
    },
  ],
  runbook: (at) => ({
    meaning:
      'No server span of the service in the label `service_name` has arrived for 30 minutes, and there were many before.',
    impact: 'Either users do not reach the service, or its telemetry is lost and its other alerts cannot fire.',
    check: [
      query('Requests to each service, in the last half hour.', requestRate({ range: '30m' })),
      status(at),
      {
        look: `Are its pods running, and is the gateway before them?${namespaceExplained(at)}`,
        command: `kubectl get pods -n ${servicesNamespace(at)} -o wide`,
      },
      query('Does any service send spans?', 'sum(rate(otelcol_receiver_accepted_spans_total[5m]))'),
      traces(at, 'the service, Lookback Last Hour'),
    ],
    mend: [
      'If its pods or those of the gateway are gone or not ready, mend those.',
      `If requests arrive and spans do not, the service was deployed without its OTLP settings: ${howToSend(at)}.`,
      at.janServer &&
        'response-api, media-api and mcp-tools of the releases up to 2026-01 send no spans whatever their settings: this alert cannot fire for them.',
      'If this is how its nights are, raise `alerts.rules.ServiceNoTraffic.threshold` or switch the alert off.',
    ],
  }),
  test: () => silence(ofA(SERVER_SPAN, 'UNSET'), PROBES),
};

/** A service's outgoing calls fail. */
export const callsFail: AlertDefinition = {
  name: 'ServiceCallsFail',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 20, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, { config }) => [
    {
      expr: `${callErrorRatio({ range: rangeOf(config) })} > ${threshold / 100}`,
      summary: '{{ $value | humanizePercentage }} of what {{ $labels.service_name }} calls fails',
      description: `More than ${threshold} % of its client spans have failed: another service, a database or a provider.`,
      labels: FROM_SPANS,
    },
  ],
  runbook: (at) => ({
    meaning: 'Calls that the service in the label `service_name` makes to others fail, 4xx answers included.',
    impact: 'Its users may get errors, or answers without what was to be fetched.',
    check: [
      query(
        'Which call fails.',
        sumBy(
          ['service_name', 'span_name'],
          `rate(${selector(SPAN_METRICS.calls, CALL, 'status_code="STATUS_CODE_ERROR"')}[5m])`,
        ),
      ),
      traces(
        at,
        'the service, Tags span.kind=client error=true; http.response.status_code and server.address say what answered',
      ),
    ],
    mend: [
      '401 or 403: a key or a token of the service has expired.',
      '429: the other side limits the rate; ask for more, or call less.',
      '5xx or no status: the other side is down or cannot be reached; mend it, or the network between.',
    ],
  }),
  test: (threshold) => ({
    fires: { [ofA(CALL, 'ERROR')]: growing(above(threshold)), [ofA(CALL, 'UNSET')]: growing(100 - above(threshold)) },
    quiet: {
      [ofA(CALL, 'ERROR')]: growing(below(threshold)),
      [ofA(CALL, 'UNSET')]: growing(100 - below(threshold)),
      [ofA(SERVER_SPAN, 'ERROR')]: growing(1000),
    },
  }),
};
