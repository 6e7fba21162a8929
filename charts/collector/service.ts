/** The Collector's own entrances, and what it tells of itself. */
import { type EnvText, env, envText } from '../../lib/env-text';
import { INTAKE_LIMITS } from '../../lib/limits';
import { ownMetrics } from '../../lib/own-metrics';
import type { CollectorEndpoints } from './endpoints';

/** Addresses of the pod itself. The brackets let the same text hold an IPv4 and an IPv6 address. */
export const onPod = (port: number): EnvText => envText`[${env('POD_IP')}]:${port}`;
const onAllAddresses = (port: number) => `0.0.0.0:${port}`;

/**
 * OTLP receivers bind every address, since a forwarded port arrives on localhost; NetworkPolicies say who may connect. Where
 * there are several pods, connections end after a while, so that senders find the ones that came later.
 */
export const entrances = ({ otlpGrpc, otlpHttp }: CollectorEndpoints, replicas: number) => ({
  grpc: {
    endpoint: onAllAddresses(otlpGrpc.port),
    max_recv_msg_size_mib: INTAKE_LIMITS.requestBytes / 2 ** 20,
    ...(replicas > 1 && { keepalive: RECONNECT }),
  },
  http: { endpoint: onAllAddresses(otlpHttp.port), max_request_body_size: INTAKE_LIMITS.requestBytes },
});

/** How long a gRPC connection lives where there are several pods behind a name (gRPC's own keepalive settings). */
export const RECONNECT = { server_parameters: { max_connection_age: '5m', max_connection_age_grace: '30s' } } as const;

export const telemetry = (level: string, { selfMetrics }: CollectorEndpoints) => ({
  logs: { level, encoding: 'json' },
  metrics: {
    level: 'normal',
    readers: [ownMetrics(selfMetrics.port)],
  },
});
