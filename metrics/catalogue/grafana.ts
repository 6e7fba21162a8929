/**
 * Grafana 13.2's /metrics, from its sources: pkg/infra/metrics, pkg/middleware/request_metrics.go,
 * pkg/infra/httpclient/httpclientprovider/datasource_metrics_middleware.go, pkg/services/ngalert/metrics and pkg/infra/db.
 */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { counter, gauge, histogram, info } = entriesOf('grafana');
const alerting = entriesOf('grafana', { after: 'Grafana has alert rules of its own' });
const queried = entriesOf('grafana', { after: 'a datasource has been queried' });

const DATASOURCE = {
  datasource: 'bounded',
  datasource_type: 'fixed',
  code: 'fixed',
  method: 'fixed',
  secure_socks_ds_proxy_enabled: 'fixed',
} as const;
const ORGANISATION = { org: 'bounded' } as const;

/** Requests to Grafana, and its requests to datasources. */
export const GRAFANA_HTTP: readonly Metric[] = [
  histogram('grafana_http_request_duration_seconds', 'seconds', {
    handler: 'fixed',
    status_code: 'fixed',
    method: 'fixed',
    status_source: 'fixed',
    slo_group: 'fixed',
  }),
  gauge('grafana_http_request_in_flight', 'requests'),
  counter('grafana_api_response_status_total', 'responses', { code: 'fixed' }),
  counter('grafana_page_response_status_total', 'responses', { code: 'fixed' }),
  counter('grafana_proxy_response_status_total', 'responses', { code: 'fixed' }),
  counter('grafana_api_login_post_total', 'logins'),
  // Datasources are plugins in processes of their own since Grafana 13: their requests are counted here (pkg/plugins/instrumentation).
  queried.counter('grafana_plugin_request_total', 'requests', {
    plugin_id: 'fixed',
    plugin_version: 'bounded',
    endpoint: 'fixed',
    status: 'fixed',
    target: 'fixed',
    status_source: 'fixed',
  }),
  queried.counter('grafana_datasource_request_total', 'requests', DATASOURCE),
  queried.histogram('grafana_datasource_request_duration_seconds', 'seconds', DATASOURCE),
  queried.histogram('grafana_datasource_response_size_bytes', 'bytes', {
    datasource: 'bounded',
    datasource_type: 'fixed',
    secure_socks_ds_proxy_enabled: 'fixed',
  }),
  queried.gauge('grafana_datasource_request_in_flight', 'requests', {
    datasource: 'bounded',
    datasource_type: 'fixed',
    secure_socks_ds_proxy_enabled: 'fixed',
  }),
];

/** Grafana's own alerting. */
export const GRAFANA_ALERTING: readonly Metric[] = [
  alerting.counter('grafana_alerting_rule_evaluations_total', 'evaluations', ORGANISATION),
  alerting.counter('grafana_alerting_rule_evaluation_failures_total', 'failures', ORGANISATION),
  alerting.histogram('grafana_alerting_rule_evaluation_duration_seconds', 'seconds', ORGANISATION),
  alerting.gauge('grafana_alerting_rule_group_rules', 'rules', { org: 'bounded', type: 'fixed', state: 'fixed' }),
  alerting.counter('grafana_alerting_notifications_total', 'notifications', { org: 'bounded', integration: 'fixed' }),
  alerting.counter('grafana_alerting_notifications_failed_total', 'notifications', {
    org: 'bounded',
    integration: 'fixed',
    reason: 'fixed',
  }),
  gauge('grafana_alerting_active_alerts', 'alerts'),
];

/** The database and the process. */
export const GRAFANA_STATS: readonly Metric[] = [
  info('grafana_build_info', {
    version: 'bounded',
    revision: 'bounded',
    branch: 'bounded',
    goversion: 'bounded',
    edition: 'fixed',
  }),
  info('grafana_plugin_build_info', {
    plugin_id: 'bounded',
    plugin_type: 'fixed',
    version: 'bounded',
    signature_status: 'fixed',
  }),
  counter('grafana_instance_start_total', 'starts'),
  gauge('grafana_stat_active_users', 'users'),
  gauge('grafana_stat_total_users', 'users'),
  gauge('grafana_stat_total_orgs', 'organisations'),
  gauge('grafana_stat_totals_dashboard', 'dashboards'),
  gauge('grafana_stat_totals_folder', 'folders'),
  gauge('grafana_stat_totals_datasource', 'datasources', { plugin_id: 'fixed' }),
  gauge('grafana_stat_totals_alert_rules', 'rules'),
];
