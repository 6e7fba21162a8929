/**
 * Metrics that services send by OTLP, in Prometheus' form: OpenTelemetry's semantic conventions for HTTP
 * (https://opentelemetry.io/docs/specs/semconv/http/http-metrics/), generative AI and MCP
 * (https://github.com/open-telemetry/semantic-conventions-genai), Jan Server's own, and the resource of each sender.
 */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { counter, gauge, histogram, info } = entriesOf('sdk', { after: 'a service sends it' });

/** Services may use any resource attributes: these are the ones that this stack knows and adds. */
const RESOURCE = {
  service_version: 'bounded',
  environment: 'bounded',
  deployment_environment: 'bounded',
  deployment_environment_name: 'bounded',
  k8s_cluster_name: 'fixed',
  k8s_namespace_name: 'bounded',
  k8s_pod_name: 'bounded',
  k8s_pod_uid: 'bounded',
  k8s_pod_ip: 'bounded',
  k8s_deployment_name: 'bounded',
  k8s_node_name: 'bounded',
  app_kubernetes_io_component: 'bounded',
  host_name: 'bounded',
  telemetry_sdk_language: 'fixed',
  telemetry_sdk_name: 'fixed',
  telemetry_sdk_version: 'bounded',
} as const;
const HTTP = {
  http_request_method: 'fixed',
  http_response_status_code: 'fixed',
  network_protocol_name: 'fixed',
  network_protocol_version: 'fixed',
  server_address: 'bounded',
  server_port: 'bounded',
  url_scheme: 'fixed',
  error_type: 'bounded',
} as const;
const SERVER = { ...HTTP, http_route: 'bounded' } as const;
const MODEL = {
  gen_ai_operation_name: 'fixed',
  gen_ai_provider_name: 'bounded',
  gen_ai_request_model: 'bounded',
  gen_ai_response_model: 'bounded',
  server_address: 'bounded',
  server_port: 'bounded',
} as const;
const MCP = {
  mcp_method_name: 'fixed',
  gen_ai_tool_name: 'bounded',
  network_transport: 'fixed',
  error_type: 'bounded',
  server_address: 'bounded',
  server_port: 'bounded',
} as const;
const EVENT = {
  event: 'bounded',
  model: 'bounded',
  mode: 'fixed',
  platform: 'fixed',
  environment: 'fixed',
  user_status: 'fixed',
  status: 'fixed',
  provider: 'bounded',
  tool_name: 'bounded',
  agent_type: 'fixed',
} as const;

/** The sender's resource. */
export const SENDERS: readonly Metric[] = [info('target_info', RESOURCE)];

/** HTTP. */
export const HTTP_METRICS: readonly Metric[] = [
  histogram('http_server_request_duration_seconds', 'seconds', SERVER),
  gauge('http_server_active_requests', 'requests', {
    http_request_method: 'fixed',
    server_address: 'bounded',
    server_port: 'bounded',
    url_scheme: 'fixed',
  }),
  histogram('http_server_request_body_size_bytes', 'bytes', SERVER),
  histogram('http_server_response_body_size_bytes', 'bytes', SERVER),
  histogram('http_client_request_duration_seconds', 'seconds', HTTP),
  histogram('http_client_request_body_size_bytes', 'bytes', HTTP),
  histogram('http_client_response_body_size_bytes', 'bytes', HTTP),
];

/** Generative AI, besides the Collector's metrics from spans, and MCP. */
export const GEN_AI_OF_SDKS: readonly Metric[] = [
  histogram('gen_ai_server_request_duration_seconds', 'seconds', { ...MODEL, error_type: 'bounded' }),
  histogram('gen_ai_server_time_to_first_token_seconds', 'seconds', MODEL),
  histogram('gen_ai_server_time_per_output_token_seconds', 'seconds', MODEL),
  histogram('gen_ai_client_operation_time_per_output_chunk_seconds', 'seconds', MODEL),
  histogram('mcp_client_operation_duration_seconds', 'seconds', MCP),
  histogram('mcp_server_operation_duration_seconds', 'seconds', MCP),
  histogram('mcp_client_session_duration_seconds', 'seconds', MCP),
  histogram('mcp_server_session_duration_seconds', 'seconds', MCP),
];

/** Jan Server's meter `jan-analytics`. Some names contain the unit twice: once from the name, once from the unit. */
export const JAN_ANALYTICS: readonly Metric[] = [
  counter('jan_analytics_events_total', 'events', EVENT),
  histogram('jan_analytics_duration_ms_milliseconds', 'milliseconds', EVENT),
  counter('jan_analytics_tokens_total', 'tokens', EVENT),
  histogram('jan_analytics_ttfr_ms_milliseconds', 'milliseconds', EVENT),
];
