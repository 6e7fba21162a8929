/** Prometheus' server and rules: the metrics of version 3.16.0 at /metrics. */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';
import { buildInfo } from './go-runtime';

const { counter, gauge, histogram, summary } = entriesOf('prometheus');

const GROUP = { rule_group: 'bounded' } as const;
const ALERTMANAGER = { alertmanager: 'bounded' } as const;
const HANDLER = { handler: 'fixed' } as const;

/** Rules. */
export const RULES: readonly Metric[] = [
  histogram('prometheus_rule_evaluation_duration_histogram_seconds', 'seconds'),
  summary('prometheus_rule_evaluation_duration_seconds', 'seconds'),
  counter('prometheus_rule_evaluation_failures_total', 'failures', GROUP),
  counter('prometheus_rule_evaluations_total', 'evaluations', GROUP),
  histogram('prometheus_rule_group_duration_histogram_seconds', 'seconds'),
  summary('prometheus_rule_group_duration_seconds', 'seconds'),
  gauge('prometheus_rule_group_interval_seconds', 'seconds', GROUP),
  counter('prometheus_rule_group_iterations_missed_total', 'iterations', GROUP),
  counter('prometheus_rule_group_iterations_total', 'iterations', GROUP),
  gauge('prometheus_rule_group_last_duration_seconds', 'seconds', GROUP),
  gauge('prometheus_rule_group_last_evaluation_samples', 'samples', GROUP),
  gauge('prometheus_rule_group_last_evaluation_timestamp_seconds', 'timestamp', GROUP),
  gauge('prometheus_rule_group_last_restore_duration_seconds', 'seconds', GROUP),
  gauge('prometheus_rule_group_last_rule_duration_sum_seconds', 'seconds', GROUP),
  gauge('prometheus_rule_group_rules', 'rules', GROUP),
];

/** Notifications to Alertmanager. */
export const NOTIFICATIONS: readonly Metric[] = [
  gauge('prometheus_notifications_alertmanagers_discovered', 'Alertmanagers'),
  counter('prometheus_notifications_dropped_total', 'notifications', ALERTMANAGER, {
    after: 'an Alertmanager is configured',
  }),
  counter('prometheus_notifications_errors_total', 'notifications', ALERTMANAGER, {
    after: 'an Alertmanager is configured',
  }),
  histogram('prometheus_notifications_latency_histogram_seconds', 'seconds', ALERTMANAGER, {
    after: 'an Alertmanager has accepted an alert',
  }),
  summary('prometheus_notifications_latency_seconds', 'seconds', ALERTMANAGER, {
    after: 'an Alertmanager has accepted an alert',
  }),
  gauge('prometheus_notifications_queue_capacity', 'notifications'),
  gauge('prometheus_notifications_queue_length', 'notifications', ALERTMANAGER, {
    after: 'an Alertmanager is configured',
  }),
  counter('prometheus_notifications_sent_total', 'notifications', ALERTMANAGER, {
    after: 'an Alertmanager is configured',
  }),
];

/** The server, its queries and its configuration. */
export const SERVER: readonly Metric[] = [
  gauge('prometheus_api_notification_active_subscribers', 'subscribers'),
  counter('prometheus_api_notification_updates_dropped_total', 'updates'),
  counter('prometheus_api_notification_updates_sent_total', 'updates'),
  buildInfo('prometheus', 'prometheus_build_info'),
  gauge('prometheus_config_last_reload_success_timestamp_seconds', 'timestamp'),
  gauge('prometheus_config_last_reload_successful', 'boolean'),
  gauge('prometheus_engine_queries', 'queries'),
  gauge('prometheus_engine_queries_concurrent_max', 'queries'),
  histogram('prometheus_engine_query_duration_histogram_seconds', 'seconds', { slice: 'fixed' }),
  summary('prometheus_engine_query_duration_seconds', 'seconds', { slice: 'fixed' }),
  gauge('prometheus_engine_query_log_enabled', 'boolean'),
  counter('prometheus_engine_query_log_failures_total', 'failures'),
  counter('prometheus_engine_query_samples_read_total', 'samples'),
  counter('prometheus_engine_query_samples_total', 'samples'),
  histogram('prometheus_http_request_duration_seconds', 'seconds', HANDLER),
  counter('prometheus_http_requests_total', 'requests', { code: 'fixed', handler: 'fixed' }),
  histogram('prometheus_http_response_size_bytes', 'bytes', HANDLER),
  gauge('prometheus_ready', 'boolean'),
  histogram('prometheus_remote_read_handler_gate_wait_duration_seconds', 'seconds'),
  gauge('prometheus_remote_read_handler_queries', 'queries'),
  counter('prometheus_remote_storage_exemplars_in_total', 'exemplars'),
  gauge('prometheus_remote_storage_highest_timestamp_in_seconds', 'timestamp'),
  counter('prometheus_remote_storage_histograms_in_total', 'histograms'),
  counter('prometheus_remote_storage_samples_in_total', 'samples'),
  counter('prometheus_remote_storage_string_interner_zero_reference_releases_total', 'releases'),
  counter('prometheus_template_text_expansion_failures_total', 'failures'),
  counter('prometheus_template_text_expansions_total', 'expansions'),
  counter('prometheus_web_federation_errors_total', 'errors'),
  counter('prometheus_web_federation_warnings_total', 'warnings'),
];
