/** Values of labels that do not depend on a target. The first is the usual one: a state that holds, a request that succeeds. */

import { ROUTES } from './queries-cluster';
import type { Group } from './queries-shapes';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);

/** Labels that belong together, whatever emits them. */
export const TOGETHER: readonly Group[] = [
  {
    covers: ['resource', 'unit'],
    rows: [
      { resource: 'cpu', unit: 'core' },
      { resource: 'memory', unit: 'byte' },
    ],
  },
  {
    covers: ['device', 'device_error', 'fstype', 'mountpoint'],
    rows: ['/', '/var/lib/kubelet', '/var/lib/containerd'].map((mountpoint, index) => ({
      device: `/dev/sda${index + 1}`,
      fstype: 'ext4',
      mountpoint,
    })),
  },
];

/** Values by label. A label that is not here has a single value. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  phase: ['Running', 'Pending', 'Succeeded', 'Failed', 'Unknown'],
  condition: ['true', 'false', 'unknown'],
  reason: ['Evicted', 'NodeLost', 'NodeAffinity', 'Shutdown', 'UnexpectedAdmissionError'],
  qos_class: ['Burstable', 'BestEffort', 'Guaranteed'],
  status: ['200', '400', '500'],
  cpu: numbers(8),
  mode: ['user', 'system', 'idle', 'iowait', 'irq', 'softirq', 'nice', 'steal'],
  device: ['sda', 'sdb', 'eth0', 'eth1'],
  error_type: ['', 'timeout', '500'],
  gen_ai_token_type: ['input', 'output'],
  gen_ai_operation_name: ['chat'],
  gen_ai_response_finish_reason: ['stop', 'length'],
  http_request_method: ['GET', 'POST'],
  http_response_status_code: ['200', '404', '500'],
  service_name: ['llm-api'],
  endpoint: ROUTES,
  path: ROUTES,
  http_route: ROUTES,
  method: ['GET', 'POST'],
  model: ['model-01', 'model-02', 'model-03', 'model-04'],
  stream: ['true', 'false'],
  tool_name: ['search', 'scrape', 'python', 'files', 'memory'],
  provider: ['serper', 'exa', 'searxng'],
  rule_group: [...['slo', 'llm', 'services', 'collector', 'jaeger', 'prometheus', 'kubernetes', 'nodes']].map(
    (name) => `/etc/prometheus/rules/stack.yaml;${name}`,
  ),
  scrape_job: ['otel-collector', 'jan-server', 'kubelet', 'cadvisor', 'kube-state-metrics', 'node-exporter'],
  handler: ['/api/v1/query', '/api/v1/query_range', '/api/v1/labels', '/metrics'],
  code: ['200', '400', '500'],
  exporter: ['otlp_http/jaeger', 'prometheus'],
  receiver: ['otlp'],
  transport: ['grpc', 'http'],
  processor: ['memory_limiter', 'transform/http', 'transform/limits', 'transform/privacy'],
  otel_signal: ['traces', 'metrics', 'logs'],
  data_type: ['traces', 'metrics'],
  integration: ['slack', 'pagerduty', 'webhook'],
  state: ['active', 'suppressed', 'unprocessed'],
  operation_type: ['create_container', 'start_container', 'stop_container', 'container_status', 'list_containers'],
  container_state: ['running', 'created', 'exited'],
  quantile: ['0', '0.25', '0.5', '0.75', '1'],
};
