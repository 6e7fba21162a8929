/**
 * Alerts on media-api and realtime-api, and on missing spans of llm-api. media-api has no metrics of its own: its calls to the storage are
 * visible in spans, once it sends any. response-api has no alert of its own: if it sends spans, ServiceErrorRateHigh and ServiceLatencyHigh
 * cover it, like every service. Releases up to 2026-01 send none.
 */

import { llmApiRequests, realtimeRequests } from '../../../metrics/jan-server';
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { CALL, callErrorRatio, REQUEST, ratio, SERVER_SPAN, selector, sumBy } from '../../../metrics/spans';
import { connect, make, query, status } from '../../runbooks/checks';
import { deployment, janLog, janPods, servicesNamespace, traces, undo } from '../../runbooks/services';
import type { AlertDefinition } from '../alert';
import { rangeOf } from '../range';
import { FROM_SPANS } from '../services/checks';
import { above, below, growing } from '../test-series';

const MEDIA = 'service_name="media-api"';
const mediaCalls = (status: string) => selector(SPAN_METRICS.calls, MEDIA, CALL, `status_code="STATUS_CODE_${status}"`);

const storageFails: AlertDefinition = {
  name: 'MediaApiStorageFails',
  owner: 'services',
  severity: 'critical',
  for: '5m',
  threshold: { value: 5, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, { config }) => {
    if (config.janServer === null) return [];
    return [
      {
        expr: `${callErrorRatio({ matchers: MEDIA, range: rangeOf(config) })} > ${threshold / 100}`,
        summary: '{{ $value | humanizePercentage }} of what media-api asks of its storage fails',
        description: `More than ${threshold} % of its client spans have failed: S3 refuses or does not answer.`,
        labels: FROM_SPANS,
      },
    ];
  },
  runbook: (at) => ({
    meaning:
      'Calls of media-api to S3 fail. It has no metrics of its own, so this is counted from its client spans; the releases up to 2026-01 make none, and with them this alert cannot fire: the log is all there is.',
    impact: 'Users can neither upload nor see images and files.',
    check: [
      query(
        'Does media-api send spans at all? No row: it does not.',
        sumBy(['span_kind'], `rate(${selector(SPAN_METRICS.calls, MEDIA)}[5m])`),
      ),
      traces(at, 'Service media-api, Tags span.kind=client error=true'),
      janLog(at, 'media-api', 'What S3 answered.', 's3|storage|bucket|denied|timeout'),
      janPods(at, 'media-api'),
    ],
    mend: [
      'AccessDenied or SignatureDoesNotMatch: the key has expired or may not write to the bucket; put a valid one into the Secret of media-api and restart it.',
      'NoSuchBucket: the name of the bucket or its region is wrong in the values of the chart.',
      'Timeouts: S3 is down (its status page), or no egress rule lets media-api out.',
    ],
  }),
  test: (threshold) => ({
    fires: { [mediaCalls('ERROR')]: growing(above(threshold)), [mediaCalls('UNSET')]: growing(100 - above(threshold)) },
    quiet: { [mediaCalls('ERROR')]: growing(below(threshold)), [mediaCalls('UNSET')]: growing(100 - below(threshold)) },
  }),
};

const realtime = (status: string, path = '/v1/realtime/sessions') =>
  `http_requests_total{job="realtime-api",method="POST",path="${path}",status="${status}"}`;

const realtimeErrors: AlertDefinition = {
  name: 'RealtimeApiErrorRateHigh',
  owner: 'services',
  severity: 'critical',
  for: '5m',
  threshold: { value: 5, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, { config }) => {
    const range = rangeOf(config);
    const rate = (matcher: string) => sumBy(['job'], `rate(${realtimeRequests(matcher)}[${range}])`);
    return [
      {
        expr: `${ratio(rate('status=~"5.."'), rate('status!~"4.."'))} > ${threshold / 100}`,
        summary: '{{ $value | humanizePercentage }} of the requests to realtime-api fail',
        description: `More than ${threshold} % of its answers have status 5xx; 4xx, probes and /metrics are left out.`,
      },
    ];
  },
  runbook: (at) => ({
    meaning: 'realtime-api answers many requests with HTTP 5xx.',
    impact: 'Voice sessions cannot be started.',
    check: [
      query(
        'Which path, with what status.',
        sumBy(['path', 'status'], `rate(${realtimeRequests('status=~"5.."')}[5m])`),
      ),
      janPods(at, 'realtime-api'),
      janLog(at, 'realtime-api', 'Errors in its log.', '"level":"(error|fatal)"'),
    ],
    mend: [undo(at), 'If its log names the LiveKit server, mend that: sessions are made there.'],
  }),
  test: (threshold) => ({
    fires: {
      [realtime('500')]: growing(above(threshold)),
      [realtime('200')]: growing(100 - above(threshold)),
      [realtime('200', '/metrics')]: growing(10_000),
      [realtime('404', 'unknown')]: growing(10_000),
    },
    quiet: { [realtime('500')]: growing(below(threshold)), [realtime('200')]: growing(100 - below(threshold)) },
  }),
};

const counted = (endpoint: string) => `jan_llm_api_requests_total{job="llm-api",endpoint="${endpoint}",status="200"}`;
const spans = (route: string) =>
  selector(SPAN_METRICS.calls, 'service_name="llm-api"', SERVER_SPAN, `http_route="${route}"`);
const LLM_SPANS = selector(SPAN_METRICS.calls, 'service_name="llm-api"', REQUEST);

const noSpans: AlertDefinition = {
  name: 'LlmApiSendsNoSpans',
  owner: 'services',
  severity: 'info',
  for: '30m',
  rules: () => [
    {
      expr: `sum(rate(${llmApiRequests()}[30m])) > 0 unless sum(rate(${LLM_SPANS}[30m])) > 0`,
      summary: 'llm-api answers requests and sends no spans',
      description: 'There are no traces of it, and no data for its objectives and for the metrics of models.',
      labels: FROM_SPANS,
    },
  ],
  runbook: (at) => ({
    meaning:
      "llm-api counts requests and no span of it arrives. Jan Server's chart does not switch tracing on: without a patch this is so from the start.",
    impact:
      'No traces; the objectives llm-api-availability and llm-api-latency have no data; fallbacks, errors of providers and the tokens that are spent are not seen.',
    check: [
      {
        look: 'Does it know where to send? The variable must be there.',
        command: `kubectl get deployment ${deployment(at, 'llm-api')} -n ${servicesNamespace(at)} -o jsonpath='{.spec.template.spec.containers[0].env}' | grep -o OTEL_EXPORTER_OTLP_ENDPOINT`,
      },
      query(
        'Which services send spans.',
        sumBy(['service_name'], `rate(${selector(SPAN_METRICS.calls, REQUEST)}[5m])`),
      ),
      status(at),
    ],
    mend: [
      `Switch tracing on: \`${connect(at)} > patch.yaml && kubectl -n ${servicesNamespace(at)} patch deployment ${deployment(at, 'llm-api')} --patch-file patch.yaml\`.`,
      `If the variable is there, a NetworkPolicy stands between, or the Collector is down: \`${make(at, 'monitor-status')}\` says which.`,
    ],
  }),
  test: () => ({
    fires: { [counted('/v1/chat/completions')]: growing(10) },
    quiet: { [counted('/v1/chat/completions')]: growing(10), [spans('/v1/chat/completions')]: growing(10) },
  }),
};

/** Alerts on problems that the metrics of llm-api, of mcp-tools and of processes do not show. */
export const OTHER_SERVICES: readonly AlertDefinition[] = [storageFails, realtimeErrors, noSpans];
