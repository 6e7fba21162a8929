import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { above, always, below, growing } from '../../../content/alerts/test-series';
import { logOf, make, podsOf, query } from '../../../content/runbooks/checks';

const SELF = '{job="prometheus",instance="a"}';

const overloaded: AlertDefinition = {
  name: 'PrometheusOverloaded',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  threshold: { value: 80, unit: 'percent', min: 10, max: 95 },
  rules: (threshold) => [
    {
      expr: `avg_over_time(prometheus_engine_queries[10m]) / prometheus_engine_queries_concurrent_max > ${threshold / 100}`,
      summary: 'Prometheus runs {{ $value | humanizePercentage }} of the queries that it can at once',
      description: 'Further queries wait: dashboards are slow, and rules may come late.',
    },
  ],
  runbook: (at) => ({
    meaning: `Dashboards${at.monitor ? ', rules and the Monitor tab of Jaeger' : ' and rules'} ask more than Prometheus answers in time.`,
    impact: 'Panels time out. Rules wait in the same queue.',
    check: [
      query('Queries that run.', 'prometheus_engine_queries'),
      query('How long queries take, 90th percentile.', 'prometheus_engine_query_duration_seconds{quantile="0.9"}'),
      podsOf(at.prometheus),
    ],
    mend: [
      'Close dashboards that refresh every few seconds over long ranges.',
      'Give Prometheus more CPU: `prometheus.resources.cpu`.',
    ],
  }),
  test: (threshold) => {
    const queries = (percent: number) => ({
      [`prometheus_engine_queries${SELF}`]: always((20 * percent) / 100),
      [`prometheus_engine_queries_concurrent_max${SELF}`]: always(20),
    });
    return { fires: queries(above(threshold)), quiet: queries(below(threshold)) };
  },
};

/** Without OpenMetrics, or without the feature in Prometheus, there are no exemplars, and nothing reports it. */
const noExemplars: AlertDefinition = {
  name: 'PrometheusNoExemplars',
  owner: 'platform',
  severity: 'info',
  for: '30m',
  threshold: { value: 0.1, unit: 'spans a second', min: 0.01, max: 1000 },
  rules: (threshold) => [
    {
      expr: `max(prometheus_tsdb_exemplar_exemplars_in_storage) == 0 and sum(rate(traces_span_metrics_calls_total[30m])) > ${threshold}`,
      summary: 'Spans are counted, and no exemplar is stored',
      description: 'Graphs have no links to traces: Prometheus stores none of the exemplars of the span metrics.',
    },
  ],
  runbook: (at) => ({
    meaning: 'The Collector counts spans, and Prometheus has not stored one exemplar of them.',
    impact: 'Points in a graph have no link to the trace behind them. All else works.',
    check: [
      query('How many are stored.', 'prometheus_tsdb_exemplar_exemplars_in_storage'),
      at.metricsPath === 'scrape'
        ? query('Does the scrape of span metrics work?', 'up{job="otel-collector"}')
        : logOf(at.collector, 'Whether the push of span metrics works.', 'prometheus|error'),
      logOf(at.prometheus, 'Exemplars that were refused.', 'exemplar'),
    ],
    mend: [
      'Spans that are not sampled have no exemplar: look whether the senders sample at all.',
      `Apply the stack again with \`${make(at, 'monitor-up')}\`: the flag \`--enable-feature=exemplar-storage\`${at.metricsPath === 'scrape' ? ' or the setting `enable_open_metrics`' : ''} may have been patched away.`,
    ],
  }),
  test: (threshold) => {
    const spans = (rate: number) => ({ 'traces_span_metrics_calls_total{job="a"}': growing(rate * 30) });
    const stored = 'prometheus_tsdb_exemplar_exemplars_in_storage{job="prometheus"}';
    return {
      fires: { [stored]: always(0), ...spans(above(threshold)) },
      quiet: { [stored]: always(0), ...spans(below(threshold)) },
    };
  },
};

/** Alerts on queries to Prometheus. */
export const prometheusQueryAlerts: AlertGroup = {
  name: 'prometheus-queries',
  title: 'Prometheus: queries and exemplars',
  alerts: [overloaded, noExemplars],
};
