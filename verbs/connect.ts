import type { Variables } from '../config/variables';
import { PORTS } from '../lib/endpoint';
import { writeYaml } from '../lib/yaml';
import type { Config } from '../stack/config';
import type { Commands } from './commands';
import { VerbError } from './terminal';

/** What is printed where. */
export interface Connection {
  /** The patch, for standard output. */
  readonly patch: string;
  /** What to do with it, and what to know, for standard error. */
  readonly notes: readonly string[];
}

/**
 * Services of Jan Server that send OTLP once they are given an `http://` endpoint, by the name of their container (janhq/server,
 * 2026-01-10, services/<name>/internal/config/config.go and internal/infrastructure/observability):
 *
 * - llm-api sends as soon as OTEL_EXPORTER_OTLP_ENDPOINT is not empty. It does not read OTEL_ENABLED.
 * - realtime-api sends where OTEL_ENABLED is true and OTEL_EXPORTER_OTLP_ENDPOINT is not empty.
 *
 * Both name themselves by SERVICE_NAME; OTEL_SERVICE_NAME is what the specification of OpenTelemetry calls it. ENVIRONMENT is
 * left alone: it is more than a name there (realtime-api's HTTP server runs in another mode with `production`), and the Collector
 * sets the environment of everything that it receives.
 */
const SENDERS: readonly string[] = ['llm-api', 'realtime-api'];

/** Why the other services gain nothing from a patch, from the same sources. */
const NO_SPANS = 'it can log "Tracing enabled", but it starts no span, so nothing would arrive';
const SILENT: Readonly<Record<string, string>> = {
  'response-api': NO_SPANS,
  'media-api': NO_SPANS,
  'mcp-tools': 'it has no OTLP exporter',
  'memory-tools': 'it has no OTLP exporter',
};

/**
 * `npm run connect`: the patch that makes one service of Jan Server send to this stack, or stop sending. OTEL_SERVICE_NAME is the
 * service.
 * @throws VerbError where the environment has no Jan Server, or the service cannot be connected
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
  const own = `http://otel-collector.${namespace}:${PORTS.otlpHttp.port}`;
  const endpoint = given === null || isElsewhere(given) ? own : given;
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
            `OTEL_EXPORTER_OTLP_ENDPOINT is ${given}, which pods of ${janServer.namespace} do not reach: a name of Docker Compose, or a machine's own; the patch says ${own}.`,
          ]
        : []),
      ...(isOn
        ? []
        : [`OTEL_ENABLED is false: this patch makes ${service} stop sending. Set OTEL_ENABLED=true to start it.`]),
      `Each of ${SENDERS.join(', ')} has a patch of its own, by OTEL_SERVICE_NAME. The other services of Jan Server send nothing to any stack yet.`,
    ],
  };
}

/** `valueFrom: null` lets a value take the place of a reference. */
const switchedOn = (service: string, endpoint: string) =>
  Object.entries({
    OTEL_ENABLED: 'true',
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_SERVICE_NAME: service,
    SERVICE_NAME: service,
  }).map(([name, value]) => ({ name, value, valueFrom: null }));

/** The endpoint goes: llm-api would send to it, whatever OTEL_ENABLED is. */
const SWITCHED_OFF = [
  { name: 'OTEL_ENABLED', value: 'false', valueFrom: null },
  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', $patch: 'delete' },
];

const cannotSend = (service: string) => {
  const reason =
    SILENT[service] ?? 'Jan Server has no such service; dashboards and alerts find its services by these names';
  return {
    what: `OTEL_SERVICE_NAME is ${JSON.stringify(service)}, and that cannot be connected: ${reason}.`,
    fix: `OTEL_SERVICE_NAME=${SENDERS.join(' or OTEL_SERVICE_NAME=')}`,
  };
};

/** Whether a URL names a host without its namespace, or the machine that asks: a pod elsewhere finds neither. */
function isElsewhere(url: string): boolean {
  const { hostname } = new URL(/^https?:/.test(url) ? url : `http://${url}`);
  return !hostname.includes('.') || /^127\.|^0\.0\.0\.0$|\.docker\.internal$|\.localhost$/.test(hostname);
}
