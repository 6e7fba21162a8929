import {
  type Dashboard,
  DashboardBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { SPAN_METRICS } from '../../collector/span-metrics';
import { DATASOURCES } from '../datasources';
import { recentTraces, timeseries } from './panels';

const requests = `${SPAN_METRICS.calls}{span_kind="SPAN_KIND_SERVER"}`;
const errors = `${SPAN_METRICS.calls}{span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_ERROR"}`;
const buckets = `${SPAN_METRICS.durationBucket}{span_kind="SPAN_KIND_SERVER"}`;

/** A dashboard, and the uid by which links find it. */
export interface NamedDashboard {
  readonly uid: string;
  readonly dashboard: Dashboard;
}

/** "Jan Server overview": is it used, does it fail, is it slow, what does it spend. */
export const janServerOverview = (): NamedDashboard =>
  named(DASHBOARD_UIDS.janServer, 'Jan Server overview', (builder) =>
    builder
      .description('Request rate, errors, latency and tokens of Jan Server, and its latest traces')
      .withRow(new RowBuilder('llm-api, from its own metrics'))
      .withPanel(llmRequests())
      .withPanel(llmLatency())
      .withPanel(tokens())
      .withPanel(tokensByModel()),
  );

/** "Services overview": the same for a platform that is not Jan Server, from spans alone. */
export const servicesOverview = (): NamedDashboard =>
  named(DASHBOARD_UIDS.services, 'Services overview', (builder) =>
    builder.description('Request rate, errors and latency of all services that send spans, and their latest traces'),
  );

function named(uid: string, title: string, addRows: (builder: DashboardBuilder) => DashboardBuilder): NamedDashboard {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .tags(['cdk8s-observability'])
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .timezone('browser')
    .readonly()
    .withVariable(serviceVariable())
    .withRow(new RowBuilder('Services, from their spans'))
    .withPanel(requestRate())
    .withPanel(errorRate())
    .withPanel(latency())
    .withPanel(operations());
  const dashboard = addRows(builder)
    .withRow(new RowBuilder('Traces of $service'))
    .withPanel(recentTraces('Recent traces', 'The latest traces of the chosen service', '$service'))
    .withPanel(recentTraces('Recent errors', 'The latest traces with a span that failed', '$service', 'error=true'))
    .build();
  return { uid, dashboard: { ...dashboard, panels: withIds(dashboard.panels ?? []) } };
}

/** Links to a panel name its id; where the file has none, Grafana makes one up each time that it loads it. */
const withIds = (panels: NonNullable<Dashboard['panels']>) =>
  panels.map((panel, index) => ({ ...panel, id: index + 1 }));

const serviceVariable = () =>
  new QueryVariableBuilder('service')
    .label('Service')
    .description('The service whose operations and traces are shown')
    .datasource(DATASOURCES.prometheus)
    .query({ query: `label_values(${SPAN_METRICS.calls}, service_name)`, refId: 'service' })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .current({ selected: true, text: 'llm-api', value: 'llm-api' });

const requestRate = () =>
  timeseries(
    {
      title: 'Request rate by service',
      description: 'Server spans a second, counted by the Collector before any sampling',
      unit: 'reqps',
    },
    [{ expr: `sum by (service_name) (rate(${requests}[$__rate_interval]))`, legend: '{{service_name}}' }],
  );

const errorRate = () =>
  timeseries(
    {
      title: 'Error rate by service',
      description:
        'Share of server spans with status Error. A service without traffic has no line; llm-api marks 4xx as errors too',
      unit: 'percentunit',
    },
    [
      {
        expr: `sum by (service_name) (rate(${errors}[$__rate_interval])) / sum by (service_name) (rate(${requests}[$__rate_interval]))`,
        legend: '{{service_name}}',
      },
    ],
  );

const latency = () =>
  timeseries(
    {
      title: '95th percentile by service',
      description: 'Nineteen of twenty server spans took no longer. Dots lead to traces',
      unit: 's',
    },
    [
      {
        expr: `histogram_quantile(0.95, sum by (service_name, le) (rate(${buckets}[$__rate_interval])))`,
        legend: '{{service_name}}',
      },
    ],
  );

const operations = () =>
  timeseries(
    {
      title: 'Request rate of $service by operation',
      description: 'Server spans a second of the chosen service',
      unit: 'reqps',
    },
    [
      {
        expr: `sum by (span_name) (rate(${SPAN_METRICS.calls}{span_kind="SPAN_KIND_SERVER",service_name="$service"}[$__rate_interval]))`,
        legend: '{{span_name}}',
      },
    ],
  );

const llmRequests = () =>
  timeseries({ title: 'Requests to llm-api by status', description: 'HTTP answers a second', unit: 'reqps' }, [
    { expr: 'sum by (status) (rate(jan_llm_api_requests_total[$__rate_interval]))', legend: '{{status}}' },
  ]);

const llmLatency = () =>
  timeseries(
    {
      title: '95th percentile of model calls',
      description: 'Duration of calls to the provider. Only calls that report their token usage are counted',
      unit: 's',
    },
    [
      {
        expr: 'histogram_quantile(0.95, sum by (model, le) (rate(jan_llm_api_llm_duration_seconds_bucket[$__rate_interval])))',
        legend: '{{model}}',
      },
    ],
  );

const tokens = () =>
  timeseries(
    {
      title: 'Tokens a second',
      description: 'Tokens of prompts and completions, as the providers count them',
      unit: 'short',
    },
    [
      { expr: 'sum(rate(jan_llm_api_tokens_prompt_total[$__rate_interval]))', legend: 'prompt' },
      { expr: 'sum(rate(jan_llm_api_tokens_completion_total[$__rate_interval]))', legend: 'completion' },
    ],
  );

const tokensByModel = () =>
  timeseries(
    { title: 'Completion tokens a second by model', description: 'Tokens that each model has written', unit: 'short' },
    [
      {
        expr: 'sum by (model, provider) (rate(jan_llm_api_tokens_completion_total[$__rate_interval]))',
        legend: '{{provider}} {{model}}',
      },
    ],
  );
