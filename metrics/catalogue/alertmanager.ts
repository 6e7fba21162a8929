/** Alertmanager: the metrics of version 0.34.2 at /metrics. */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';
import { buildInfo } from './go-runtime';

const { counter, gauge, histogram, summary, info } = entriesOf('alertmanager');

/** With clustering on: more than one replica. */
const GOSSIP = 'replicas are more than one';
const INTEGRATION = { integration: 'fixed' } as const;
const STATE = { key: 'fixed' } as const;
const MESSAGE = { msg_type: 'fixed' } as const;
const METHOD = { method: 'fixed' } as const;

/** Alerts and notifications. */
export const ALERTS: readonly Metric[] = [
  gauge('alertmanager_alerts', 'alerts', { state: 'fixed' }),
  counter('alertmanager_alerts_invalid_total', 'alerts', { version: 'fixed' }),
  gauge('alertmanager_alerts_per_alert_limit', 'alerts'),
  counter('alertmanager_alerts_received_total', 'alerts', { status: 'fixed', version: 'fixed' }),
  counter(
    'alertmanager_alerts_subscriber_channel_writes_total',
    'alerts',
    { subscriber: 'fixed' },
    { after: 'an alert has arrived' },
  ),
  counter('alertmanager_dispatcher_aggregation_group_creation_given_up_total', 'groups'),
  counter('alertmanager_dispatcher_aggregation_group_creation_retries_total', 'retries'),
  counter('alertmanager_dispatcher_aggregation_group_limit_reached_total', 'times'),
  gauge('alertmanager_dispatcher_aggregation_groups', 'groups'),
  summary('alertmanager_dispatcher_alert_processing_duration_seconds', 'seconds'),
  gauge('alertmanager_inhibition_rules', 'rules'),
  gauge('alertmanager_integrations', 'integrations'),
  histogram('alertmanager_notification_latency_seconds', 'seconds', INTEGRATION),
  counter('alertmanager_notification_requests_failed_total', 'requests', INTEGRATION),
  counter('alertmanager_notification_requests_total', 'requests', INTEGRATION),
  counter('alertmanager_notifications_failed_total', 'notifications', { integration: 'fixed', reason: 'fixed' }),
  counter('alertmanager_notifications_total', 'notifications', INTEGRATION),
  gauge('alertmanager_receivers', 'receivers'),
];

/** Other Alertmanagers. */
export const CLUSTER: readonly Metric[] = [
  counter('alertmanager_cluster_alive_messages_total', 'messages', { peer: 'bounded' }, { after: GOSSIP }),
  gauge('alertmanager_cluster_enabled', 'boolean'),
  gauge('alertmanager_cluster_failed_peers', 'peers', {}, { after: GOSSIP }),
  gauge('alertmanager_cluster_health_score', 'score', {}, { after: GOSSIP }),
  gauge('alertmanager_cluster_members', 'members', {}, { after: GOSSIP }),
  counter('alertmanager_cluster_messages_pruned_total', 'messages', {}, { after: GOSSIP }),
  gauge('alertmanager_cluster_messages_queued', 'messages', {}, { after: GOSSIP }),
  counter('alertmanager_cluster_messages_received_size_total', 'bytes', MESSAGE, { after: GOSSIP }),
  counter('alertmanager_cluster_messages_received_total', 'messages', MESSAGE, { after: GOSSIP }),
  counter('alertmanager_cluster_messages_sent_size_total', 'bytes', MESSAGE, { after: GOSSIP }),
  counter('alertmanager_cluster_messages_sent_total', 'messages', MESSAGE, { after: GOSSIP }),
  info('alertmanager_cluster_peer_info', { peer: 'bounded' }, { after: GOSSIP }),
  counter('alertmanager_cluster_peer_name_conflicts_total', 'conflicts', {}, { after: GOSSIP }),
  counter('alertmanager_cluster_peers_joined_total', 'peers', {}, { after: GOSSIP }),
  counter('alertmanager_cluster_peers_left_total', 'peers', {}, { after: GOSSIP }),
  counter('alertmanager_cluster_peers_update_total', 'updates', {}, { after: GOSSIP }),
  counter('alertmanager_cluster_reconnections_failed_total', 'reconnections', {}, { after: GOSSIP }),
  counter('alertmanager_cluster_reconnections_total', 'reconnections', {}, { after: GOSSIP }),
  counter('alertmanager_cluster_refresh_join_failed_total', 'peers', {}, { after: GOSSIP }),
  counter('alertmanager_cluster_refresh_join_total', 'peers', {}, { after: GOSSIP }),
  histogram('alertmanager_oversize_gossip_message_duration_seconds', 'seconds', STATE, { after: GOSSIP }),
  counter('alertmanager_oversized_gossip_message_dropped_total', 'messages', STATE, { after: GOSSIP }),
  counter('alertmanager_oversized_gossip_message_failure_total', 'messages', STATE, { after: GOSSIP }),
  counter('alertmanager_oversized_gossip_message_sent_total', 'messages', STATE, { after: GOSSIP }),
  gauge('alertmanager_peer_position', 'position', {}, { after: GOSSIP }),
];

/** Silences and the log of notifications. */
export const STATE_KEPT: readonly Metric[] = [
  summary('alertmanager_nflog_gc_duration_seconds', 'seconds'),
  counter('alertmanager_nflog_gossip_messages_propagated_total', 'messages'),
  counter('alertmanager_nflog_maintenance_errors_total', 'errors'),
  counter('alertmanager_nflog_maintenance_total', 'runs'),
  counter('alertmanager_nflog_queries_total', 'queries'),
  histogram('alertmanager_nflog_query_duration_seconds', 'seconds'),
  counter('alertmanager_nflog_query_errors_total', 'errors'),
  summary('alertmanager_nflog_snapshot_duration_seconds', 'seconds'),
  gauge('alertmanager_nflog_snapshot_size_bytes', 'bytes'),
  gauge('alertmanager_silences', 'silences', { state: 'fixed' }),
  summary('alertmanager_silences_gc_duration_seconds', 'seconds'),
  counter('alertmanager_silences_gc_errors_total', 'errors'),
  counter('alertmanager_silences_gossip_messages_propagated_total', 'messages'),
  counter('alertmanager_silences_maintenance_errors_total', 'errors'),
  counter('alertmanager_silences_maintenance_total', 'runs'),
  counter('alertmanager_silences_matcher_compile_errors_total', 'errors', { stage: 'fixed' }),
  gauge('alertmanager_silences_matcher_index_size', 'entries'),
  counter('alertmanager_silences_queries_total', 'queries'),
  histogram('alertmanager_silences_query_duration_seconds', 'seconds'),
  counter('alertmanager_silences_query_errors_total', 'errors'),
  counter('alertmanager_silences_query_silences_scanned_total', 'silences'),
  counter('alertmanager_silences_query_silences_skipped_total', 'silences'),
  summary('alertmanager_silences_snapshot_duration_seconds', 'seconds'),
  gauge('alertmanager_silences_snapshot_size_bytes', 'bytes'),
  gauge('alertmanager_silences_state_size', 'silences'),
  gauge('alertmanager_silences_version_index_size', 'entries'),
];

/** The server and its configuration. */
export const SERVER: readonly Metric[] = [
  buildInfo('alertmanager', 'alertmanager_build_info'),
  gauge('alertmanager_config_hash', 'hash'),
  gauge('alertmanager_config_last_reload_success_timestamp_seconds', 'timestamp'),
  gauge('alertmanager_config_last_reload_successful', 'boolean'),
  counter('alertmanager_http_concurrency_limit_exceeded_total', 'requests', METHOD),
  histogram('alertmanager_http_request_duration_seconds', 'seconds', {
    code: 'fixed',
    handler: 'fixed',
    method: 'fixed',
  }),
  gauge('alertmanager_http_requests_in_flight', 'requests', METHOD),
  histogram('alertmanager_http_response_size_bytes', 'bytes', { handler: 'fixed', method: 'fixed' }),
];
