import type { PrometheusConfig } from '../../config/schema';
import { SPAN_METRICS, TRUNCATED } from '../collector/span-metrics';

/** An alerting rule, as it stands in a rule file. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: 'critical' | 'warning' | 'info'; readonly job?: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

/** A group of rules, as it stands in a rule file. */
export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly AlertRule[];
}

type Thresholds = PrometheusConfig['alerts'];

/**
 * The alerts that every installation has.
 * @param jobs names of the jobs whose absence alerts
 * @param withJanServer whether Jan Server's own metrics are scraped
 */
export function ruleGroups(thresholds: Thresholds, jobs: readonly string[], withJanServer: boolean): RuleGroup[] {
  return [
    { name: 'targets', rules: [targetDown, ...jobs.map(jobMissing)] },
    { name: 'collector', rules: [collectorRefuses, queueFills, queueStuck, spansFailed, attributesCut] },
    { name: 'services', rules: serviceAlerts(thresholds) },
    ...(withJanServer ? [{ name: 'jan-server', rules: janServerAlerts(thresholds) }] : []),
  ];
}

const targetDown: AlertRule = {
  alert: 'TargetDown',
  expr: 'up == 0',
  for: '5m',
  labels: { severity: 'critical' },
  annotations: {
    summary: '{{ $labels.job }} on {{ $labels.instance }} cannot be scraped',
    description:
      'Prometheus has had no metrics from this target for 5 minutes. The Targets page of Prometheus shows the error.',
  },
};

/** A target that has vanished from discovery has no `up` at all, so that TargetDown cannot see it. */
const jobMissing = (job: string): AlertRule => ({
  alert: 'TargetMissing',
  expr: `absent(up{job="${job}"})`,
  for: '10m',
  labels: { severity: 'critical', job },
  annotations: {
    summary: `No target of job ${job}`,
    description: `Prometheus has found no target of job ${job} for 10 minutes: its pods are gone, or discovery has lost its rights.`,
  },
});

const collectorRefuses: AlertRule = {
  alert: 'CollectorRefusesData',
  expr: 'sum by (instance) (rate(otelcol_receiver_refused_spans_total[5m])) > 0',
  for: '5m',
  labels: { severity: 'warning' },
  annotations: {
    summary: 'The Collector refuses spans',
    description: 'Its queue is full or its memory short. Senders retry, and give up after a while.',
  },
};

const queueFills: AlertRule = {
  alert: 'CollectorQueueFills',
  expr: 'max by (instance, exporter) (otelcol_exporter_queue_size) / max by (instance, exporter) (otelcol_exporter_queue_capacity) > 0.7',
  for: '5m',
  labels: { severity: 'warning' },
  annotations: {
    summary: 'The queue of {{ $labels.exporter }} is more than 70 % full',
    description: 'What it sends to is down or slow. When the queue is full, data is refused at the entrance.',
  },
};

/** Whatever the reason, a queue that holds data and sends none is stuck at its head. */
const queueStuck: AlertRule = {
  alert: 'CollectorQueueStuck',
  expr: 'max by (instance, exporter) (otelcol_exporter_queue_size) > 0 unless on (instance, exporter) sum by (instance, exporter) (rate(otelcol_exporter_sent_spans_total[10m])) > 0 unless on (instance, exporter) sum by (instance, exporter) (rate(otelcol_exporter_sent_metric_points_total[10m])) > 0',
  for: '10m',
  labels: { severity: 'critical' },
  annotations: {
    summary: 'The queue of {{ $labels.exporter }} sends nothing',
    description:
      'It has held data for 10 minutes and sent none. Its target is unreachable, or refuses what stands at the head.',
  },
};

const spansFailed: AlertRule = {
  alert: 'CollectorDropsSpans',
  expr: 'sum by (instance, exporter) (rate(otelcol_exporter_send_failed_spans_total[5m])) > 0',
  for: '1m',
  labels: { severity: 'critical' },
  annotations: {
    summary: '{{ $labels.exporter }} drops spans',
    description: 'The receiver has refused them for good. The log of the Collector names the reason.',
  },
};

const attributesCut: AlertRule = {
  alert: 'SpanAttributesCut',
  expr: `sum by (service_name) (increase(${SPAN_METRICS.calls}{${TRUNCATED.replace('.', '_')}="true"}[1h])) > 0`,
  for: '1m',
  labels: { severity: 'info' },
  annotations: {
    summary: '{{ $labels.service_name }} sends attributes that are too long',
    description: 'Values over 32 KiB were cut before storage, and marked with the attribute otelcol.truncated.',
  },
};

/** Alerts on the span metrics: they work for every service that sends spans. */
function serviceAlerts({ errorRatePercent, latencySeconds, for: duration }: Thresholds): AlertRule[] {
  const requests = `${SPAN_METRICS.calls}{span_kind="SPAN_KIND_SERVER"}`;
  const errors = `${SPAN_METRICS.calls}{span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_ERROR"}`;
  const buckets = `${SPAN_METRICS.durationBucket}{span_kind="SPAN_KIND_SERVER"}`;
  return [
    {
      alert: 'ServiceErrorRateHigh',
      expr: `sum by (service_name) (rate(${errors}[5m])) / sum by (service_name) (rate(${requests}[5m])) > ${errorRatePercent / 100}`,
      for: duration,
      labels: { severity: 'critical' },
      annotations: {
        summary: `More than ${errorRatePercent} % of the requests to {{ $labels.service_name }} fail`,
        description:
          'Counted from server spans with status Error. Jaeger shows them: search the service with error=true.',
      },
    },
    {
      alert: 'ServiceLatencyHigh',
      expr: `histogram_quantile(0.95, sum by (service_name, le) (rate(${buckets}[5m]))) > ${latencySeconds}`,
      for: duration,
      labels: { severity: 'warning' },
      annotations: {
        summary: `One request in twenty to {{ $labels.service_name }} takes more than ${latencySeconds} s`,
        description: '95th percentile of server spans over 5 minutes. The Monitor tab of Jaeger names the operation.',
      },
    },
  ];
}

/** Alerts on llm-api's own metrics: they work while it sends no spans, which is how Jan Server is installed. */
function janServerAlerts({ errorRatePercent, latencySeconds, for: duration }: Thresholds): AlertRule[] {
  const rate = (selector: string) => `sum by (job) (rate(jan_llm_api_requests_total${selector}[5m]))`;
  return [
    {
      alert: 'LlmApiErrorRateHigh',
      expr: `${rate('{status=~"5.."}')} / ${rate('')} > ${errorRatePercent / 100}`,
      for: duration,
      labels: { severity: 'critical' },
      annotations: {
        summary: `More than ${errorRatePercent} % of the requests to llm-api fail`,
        description:
          'Answers with status 5xx. A provider that fails is often answered with 200: look at the spans too.',
      },
    },
    {
      alert: 'LlmApiLatencyHigh',
      expr: `histogram_quantile(0.95, sum by (job, le) (rate(jan_llm_api_request_duration_seconds_bucket[5m]))) > ${latencySeconds}`,
      for: duration,
      labels: { severity: 'warning' },
      annotations: {
        summary: `One request in twenty to llm-api takes more than ${latencySeconds} s`,
        description: '95th percentile over 5 minutes, of all routes: streamed answers are part of it.',
      },
    },
  ];
}
