import type { Variables } from '../config/variables';
import { PORTS } from '../lib/endpoint';
import { writeYaml } from '../lib/yaml';
import type { Config } from '../stack/config';
import type { Commands } from './commands';
import { VerbError } from './terminal';

/** The output of `npm run connect`. */
export interface Connection {
  /** The patch, for standard output. */
  readonly patch: string;
  /** How to apply it, and remarks, for standard error. */
  readonly notes: readonly string[];
}

/**
 * Services of Jan Server that send OTLP once they have an `http://` endpoint, by the name of their container (janhq/server,
 * 2026-01-10, services/<name>/internal/config/config.go and internal/infrastructure/observability):
 *
 * - llm-api sends if OTEL_EXPORTER_OTLP_ENDPOINT is not empty. It does not read OTEL_ENABLED.
 * - realtime-api sends if OTEL_ENABLED is true and OTEL_EXPORTER_OTLP_ENDPOINT is not empty.
 *
 * Both take their name from SERVICE_NAME; OTEL_SERVICE_NAME is the variable of the OpenTelemetry specification. ENVIRONMENT is
 * not changed: it changes their behaviour (realtime-api's HTTP server runs in another mode with `production`), and the Collector
 * sets the environment on all telemetry anyway.
 */
const SENDERS: readonly string[] = ['llm-api', 'realtime-api'];

/** Why a patch would not help the other services, from the same sources. */
const NO_SPANS = 'it creates no spans, even if it logs "Tracing enabled"';
const WITHOUT_TRACING: Readonly<Record<string, string>> = {
  'response-api': NO_SPANS,
  'media-api': NO_SPANS,
  'mcp-tools': 'it has no OTLP exporter',
  'memory-tools': 'it has no OTLP exporter',
};

/**
 * `npm run connect`: the patch that makes one service of Jan Server send to this stack, or stop sending. OTEL_SERVICE_NAME is the
 * service.
 * @throws VerbError if the environment has no Jan Server, or the service cannot send telemetry
 */
export function connect(config: Config, variables: Variables, { kubectl }: Commands): Connection {
  const { janServer, namespace } = config;
  if (janServer === null) {
    throw new VerbError([
      { what: 'This environment has no Jan Server.', fix: 'set janServer in the environment file' },
    ]);
  }
  const { OTEL_ENABLED, OTEL_SERVICE_NAME: service, OTEL_EXPORTER_OTLP_ENDPOINT: given } = variables;
  if (!SENDERS.includes(service)) throw new VerbError([cannotSend(service)]);
  const collector = `http://otel-collector.${namespace}:${PORTS.otlpHttp.port}`;
  const endpoint = given === null || isLocalName(given) ? collector : given;
  const isOn = OTEL_ENABLED === 'true';
  const env = isOn ? switchedOn(service, endpoint) : SWITCHED_OFF;
  const deployment = `${janServer.application}-${service}`;
  const variable = service === 'llm-api' ? '' : `OTEL_SERVICE_NAME=${service} `;
  const patch = kubectl(`-n ${janServer.namespace} patch deployment ${deployment} --patch-file patch.yaml`);
  return {
    patch: writeYaml({ spec: { template: { spec: { containers: [{ name: service, env }] } } } }),
    notes: [
      `${isOn ? '' : 'OTEL_ENABLED=false '}${variable}npm run --silent connect > patch.yaml && ${patch}`,
      ...(isOn && given !== null && endpoint !== given
        ? [
            `OTEL_EXPORTER_OTLP_ENDPOINT is ${given}, which pods in ${janServer.namespace} cannot reach: it is a Docker Compose name or a local address. The patch uses ${collector}.`,
          ]
        : []),
      ...(isOn
        ? []
        : [`OTEL_ENABLED is false: this patch makes ${service} stop sending. Set OTEL_ENABLED=true to make it send.`]),
      `OTEL_SERVICE_NAME selects the service: ${SENDERS.join(' or ')}. The other services of Jan Server cannot send telemetry yet.`,
    ],
  };
}

/** `valueFrom: null` lets a value replace a reference. */
const switchedOn = (service: string, endpoint: string) =>
  Object.entries({
    OTEL_ENABLED: 'true',
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_SERVICE_NAME: service,
    SERVICE_NAME: service,
  }).map(([name, value]) => ({ name, value, valueFrom: null }));

/** Removes the endpoint, because llm-api would send to it whatever OTEL_ENABLED is. */
const SWITCHED_OFF = [
  { name: 'OTEL_ENABLED', value: 'false', valueFrom: null },
  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', $patch: 'delete' },
];

const cannotSend = (service: string) => {
  const reason =
    WITHOUT_TRACING[service] ?? 'Jan Server has no such service, and dashboards and alerts select its services by name';
  return {
    what: `OTEL_SERVICE_NAME is ${JSON.stringify(service)}, which cannot send telemetry: ${reason}.`,
    fix: `OTEL_SERVICE_NAME=${SENDERS.join(' or OTEL_SERVICE_NAME=')}`,
  };
};

/** Whether a URL has a host name without a namespace, or a local address. A pod in another namespace can reach neither. */
function isLocalName(url: string): boolean {
  const { hostname } = new URL(/^https?:/.test(url) ? url : `http://${url}`);
  return !hostname.includes('.') || /^127\.|^0\.0\.0\.0$|\.docker\.internal$|\.localhost$/.test(hostname);
}
