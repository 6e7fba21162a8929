/** Receivers, and the Collector's own telemetry. */
import type { Endpoint } from '../../lib/endpoint';
import { INTAKE_LIMITS } from '../../lib/limits';
import { onAllAddresses, ownMetrics, RECONNECT } from '../../lib/otel-settings';

/** The OTLP receivers. They listen on every address; NetworkPolicies limit who may connect. */
export const otlpProtocols = (grpc: Endpoint, http: Endpoint, replicas: number) => ({
  grpc: {
    endpoint: onAllAddresses(grpc.port),
    max_recv_msg_size_mib: INTAKE_LIMITS.requestBytes / 2 ** 20,
    ...(replicas > 1 && { keepalive: RECONNECT }),
  },
  http: { endpoint: onAllAddresses(http.port), max_request_body_size: INTAKE_LIMITS.requestBytes },
});

export const telemetry = (level: string, selfMetrics: Endpoint) => ({
  logs: { level, encoding: 'json' },
  metrics: {
    level: 'normal',
    readers: [ownMetrics(selfMetrics.port)],
  },
});
