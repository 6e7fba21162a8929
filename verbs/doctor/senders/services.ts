/** What the services of Jan Server read (janhq/server, 2026-01-10, services/<name>/internal/config and infrastructure/observability). */
import type { DesiredState } from '../desired-state';
import type { SenderWorkload } from './workload';

/** How a program reads its variables. */
export interface Profile {
  /** The protocol that its exporter always has; null: that of OTEL_EXPORTER_OTLP_PROTOCOL, or of the SDK. */
  readonly protocol: 'http' | 'grpc' | null;
  /** Whether the endpoint must, may or must not have a scheme. */
  readonly scheme: 'required' | 'optional' | 'forbidden';
  /** The variable that must be `true`; null: the endpoint alone switches tracing on. */
  readonly switch: string | null;
  /** Whether it reads the variables of OpenTelemetry's specification, such as the sampler. */
  readonly isSdk: boolean;
  /** Whether it is one of Jan Server's services. */
  readonly isJan: boolean;
}

const JAN = { isJan: true, isSdk: false, protocol: 'http' } as const;
const SERVICES: Readonly<Record<string, Profile>> = {
  'llm-api': { ...JAN, scheme: 'optional', switch: null },
  'realtime-api': { ...JAN, scheme: 'optional', switch: 'OTEL_ENABLED' },
  'response-api': { ...JAN, scheme: 'forbidden', switch: 'ENABLE_TRACING' },
  'media-api': { ...JAN, scheme: 'forbidden', switch: 'ENABLE_TRACING' },
};
const SDK: Profile = { protocol: null, scheme: 'required', switch: null, isSdk: true, isJan: false };

/** The profile of a container: that of a service of Jan Server in its namespace, or else that of an SDK. */
export function profileOf(
  { config: { janServer } }: DesiredState,
  { namespace, container, labels }: SenderWorkload,
): Profile {
  if (namespace !== janServer?.namespace) return SDK;
  return SERVICES[labels['app.kubernetes.io/component'] ?? container] ?? SERVICES[container] ?? SDK;
}

/** The protocol that a container sends with; null: its SDK decides. */
export function protocolOf({ protocol }: Profile, { values }: SenderWorkload): 'http' | 'grpc' | null {
  if (protocol !== null) return protocol;
  const value = values.get('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ?? values.get('OTEL_EXPORTER_OTLP_PROTOCOL') ?? '';
  return value.startsWith('http') ? 'http' : value === 'grpc' ? 'grpc' : null;
}
