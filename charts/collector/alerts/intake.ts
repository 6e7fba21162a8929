import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { always, growing } from '../../../content/alerts/test-series';
import { logOf, pageOf, podsOf, query } from '../../../content/runbooks/checks';
import { howToSend, namespaceExplained, servicesNamespace } from '../../../content/runbooks/services';
import { SPAN_METRICS, TRUNCATED } from '../../../metrics/span-metrics';
import { OF_COLLECTOR, POD_LABELS, SIGNALS } from './metrics';

/** Zero and a missing series mean the same here: no data was received. */
const receivesNothing: AlertDefinition = {
  name: 'CollectorReceivesNothing',
  owner: 'services',
  severity: 'info',
  for: '1h',
  rules: (_, { lasts }) => [
    {
      expr: `count by (job) (up${OF_COLLECTOR} == 1) ${SIGNALS.map(({ items }) => `unless on (job) sum by (job) (rate(otelcol_receiver_accepted_${items}_total${OF_COLLECTOR}[30m])) > 0`).join(' ')}`,
      summary: 'The Collector receives nothing',
      description: `For ${lasts} it has received no span, no metric point and no log record by OTLP.`,
    },
  ],
  runbook: (at) => ({
    meaning: 'The Collector runs, and no sender reaches it, or none is set up to send.',
    impact: 'No traces, no span metrics: panels and alerts on services have no data.',
    check: [
      podsOf(at.collector),
      {
        look: `Where do the services send to? It must be ${at.intake.service} and port ${at.intake.ports.join(' or ')}.${namespaceExplained(at)}`,
        command: `kubectl get pods -n ${servicesNamespace(at)} -o yaml | grep -A1 OTEL_EXPORTER_OTLP_ENDPOINT`,
      },
      query(
        'When something last came.',
        `max_over_time(sum(rate(otelcol_receiver_accepted_spans_total${OF_COLLECTOR}[10m]))[1d:10m])`,
      ),
    ],
    mend: [
      `Set up the senders: ${howToSend(at)}.`,
      'If they are set up, their namespace must be `janServer.namespace` or in `network.allowFrom`: NetworkPolicies refuse all others.',
      'If no one uses the services now, there is nothing to mend.',
    ],
  }),
  test: () => {
    const up = { [`up{${POD_LABELS}}`]: always(1) };
    const accepted = `otelcol_receiver_accepted_metric_points_total{${POD_LABELS}}`;
    return { fires: { ...up, [accepted]: always(7) }, quiet: { ...up, [accepted]: growing(1) } };
  },
};

const calls = (labels: string) => `${SPAN_METRICS.calls}{service_name="a",${labels}}`;

const attributesCut: AlertDefinition = {
  name: 'SpanAttributesCut',
  owner: 'services',
  severity: 'info',
  for: '1m',
  rules: () => [
    {
      expr: `sum by (service_name) (increase(${SPAN_METRICS.calls}{${TRUNCATED.replace('.', '_')}="true"}[1h])) > 0`,
      summary: '{{ $labels.service_name }} sends attributes that are too long',
      description: 'Values over 32 KiB were cut before storage, and marked with the attribute otelcol.truncated.',
    },
  ],
  runbook: (at) => ({
    meaning: 'A service puts very long values into attributes: often whole prompts or answers.',
    impact: 'The spans are stored, without the end of these values.',
    check: [
      query(
        'Which spans they are.',
        `topk(10, sum by (service_name, span_name) (increase(${SPAN_METRICS.calls}{otelcol_truncated="true"}[1h])))`,
      ),
      pageOf(at.jaegerReader, 'In Jaeger: the spans with the tag otelcol.truncated=true.', '/search'),
    ],
    mend: [
      'Have the service send a shorter value, or a hash or a length in its place.',
      'If the rest is not needed, there is nothing to mend.',
    ],
  }),
  test: () => ({
    fires: { [calls('otelcol_truncated="true"')]: growing(10) },
    quiet: { [calls('otelcol_truncated=""')]: growing(10) },
  }),
};

const overflow: AlertDefinition = {
  name: 'SpanMetricsOverflow',
  owner: 'services',
  severity: 'warning',
  for: '5m',
  rules: () => [
    {
      expr: `sum by (job) (rate(${SPAN_METRICS.calls}{otel_metric_overflow="true"}[10m])) > 0`,
      summary: '{{ $labels.job }} has more kinds of spans than are counted separately',
      description: 'New ones are counted in one series without their name: rates by route are too low.',
    },
  ],
  runbook: (at) => ({
    meaning:
      'The series of this service have reached `collector.spanMetrics.cardinalityLimit`: mostly span names or routes hold ids.',
    impact: 'Sums are right. Numbers by span name, route or status are not, and neither are alerts and SLOs on them.',
    check: [
      query(
        'How many span names each service has.',
        `topk(10, count by (service_name) (count by (service_name, span_name) (${SPAN_METRICS.calls})))`,
      ),
      query('Names that look alike.', `topk(20, count by (span_name) (${SPAN_METRICS.calls}))`),
      logOf(at.collector, 'Anything it says of it.', 'cardinality|overflow'),
    ],
    mend: [
      'Have the service name its spans by route (`GET /users/{id}`), not by path.',
      'If the number is meant, raise `collector.spanMetrics.cardinalityLimit`. A series that is no longer counted ends after an hour.',
    ],
  }),
  test: () => ({
    fires: { [`${SPAN_METRICS.calls}{job="a",otel_metric_overflow="true"}`]: growing(10) },
    quiet: { [`${SPAN_METRICS.calls}{job="a",service_name="a"}`]: growing(10) },
  }),
};

/** Alerts on received telemetry, and on how the Collector processes it. */
export const collectorIntakeAlerts: AlertGroup = {
  name: 'collector-intake',
  title: 'Collector: what is sent to it',
  alerts: [receivesNothing, attributesCut, overflow],
};
