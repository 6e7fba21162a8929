/** Jan Server's services: which variables each reads. */
import type { VerbProblem } from '../terminal';
import { asUrl } from './endpoint';
import type { Variable } from './patch';

interface JanService {
  /** The variable that switches tracing on and off. */
  readonly onOff: 'OTEL_ENABLED' | 'ENABLE_TRACING';
  /** What it takes as OTEL_EXPORTER_OTLP_ENDPOINT: a URL, or `host:port` without a scheme, which it sends to without TLS. */
  readonly endpoint: 'url' | 'host:port';
  /** Variables with its name. */
  readonly names: readonly string[];
  /** Whether it creates spans. */
  readonly sends: boolean;
}

const SENDER: JanService = {
  onOff: 'OTEL_ENABLED',
  endpoint: 'url',
  names: ['OTEL_SERVICE_NAME', 'SERVICE_NAME'],
  sends: true,
};
const WITHOUT_SPANS: JanService = {
  onOff: 'ENABLE_TRACING',
  endpoint: 'host:port',
  names: ['SERVICE_NAME'],
  sends: false,
};

/**
 * The services with an OTLP exporter, by the name of their container (janhq/server, 2026-01-10, services/<name>/internal/config/config.go and
 * internal/infrastructure/observability):
 *
 * - llm-api sends if OTEL_EXPORTER_OTLP_ENDPOINT is not empty. It does not read OTEL_ENABLED.
 * - realtime-api sends if OTEL_ENABLED is true and OTEL_EXPORTER_OTLP_ENDPOINT is not empty.
 * - response-api and media-api start an exporter if ENABLE_TRACING is true and OTEL_EXPORTER_OTLP_ENDPOINT is not empty. With a scheme in
 *   the endpoint they log "Tracing enabled" and cannot send. They create no spans.
 *
 * All take their name from SERVICE_NAME; OTEL_SERVICE_NAME is the variable of the OpenTelemetry specification. ENVIRONMENT is not
 * changed: it changes their behaviour (realtime-api's HTTP server runs in another mode with `production`), and the Collector sets the
 * environment on all telemetry anyway.
 */
const SERVICES: Readonly<Record<string, JanService>> = {
  'llm-api': SENDER,
  'realtime-api': SENDER,
  'response-api': WITHOUT_SPANS,
  'media-api': WITHOUT_SPANS,
};

/** The services without an OTLP exporter, from the same sources. */
const WITHOUT_EXPORTER = ['mcp-tools', 'memory-tools'];

const SENDERS = Object.keys(SERVICES).filter((name) => SERVICES[name]?.sends);

/** The variables of a service, and remarks. */
export interface JanVariables {
  readonly variables: readonly Variable[];
  readonly notes: readonly string[];
}

/**
 * The variables that make a service send, or stop sending.
 * @param endpoint where to; null: it is to stop
 * @returns problems where it cannot send to this endpoint at all
 */
export function janVariables(name: string, endpoint: string | null): JanVariables | { readonly problem: VerbProblem } {
  const service = SERVICES[name];
  if (service === undefined) return { problem: cannotSend(name) };
  const { onOff, names, sends } = service;
  if (endpoint === null) {
    // llm-api would send to the endpoint whatever OTEL_ENABLED is. One that is left out may still come from a ConfigMap (`envFrom`).
    return {
      variables: [
        { name: onOff, value: 'false' },
        { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: '' },
      ],
      notes: [],
    };
  }
  if (service.endpoint === 'host:port' && !/^http:\/\/[^/]+\/?$/.test(asUrl(endpoint))) {
    const what = `${name} cannot send to ${endpoint}: it sends to a host and a port, without TLS and without a path.`;
    return { problem: { what, fix: 'set OTEL_EXPORTER_OTLP_ENDPOINT to http://HOST:PORT, or unset it' } };
  }
  const value = service.endpoint === 'url' ? endpoint : new URL(asUrl(endpoint)).host;
  return {
    variables: [
      { name: onOff, value: 'true' },
      { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value },
      ...names.map((variable) => ({ name: variable, value: name })),
    ],
    notes: sends
      ? []
      : [
          `${name} gains nothing from this today: up to 2026-01 it creates no spans, even if it logs "Tracing enabled". The patch is in the form that it reads, for a version that creates some.`,
        ],
  };
}

const cannotSend = (name: string): VerbProblem => ({
  what: `${JSON.stringify(name)} cannot send telemetry: ${
    WITHOUT_EXPORTER.includes(name)
      ? 'it has no OTLP exporter. Prometheus scrapes its metrics'
      : 'Jan Server has no such service, and dashboards and alerts select its services by name'
  }.`,
  fix: `npm run connect -- ${SENDERS.join(' or ')}; for a service that is not Jan Server's: npm run connect -- NAME --namespace=NAMESPACE`,
});

/** Which services of Jan Server send telemetry at all. */
export const SENDERS_NOTE = `Of Jan Server's services only ${SENDERS.join(' and ')} create spans.`;
