import { stringify } from 'yaml';
import type { Config } from '../config/load';
import type { Variables } from '../config/variables';
import { PORTS } from '../lib/endpoint';
import { VerbError } from './terminal';

/** What is printed where. */
export interface Connection {
  /** The patch, for standard output. */
  readonly patch: string;
  /** What to do with it, and what to know, for standard error. */
  readonly notes: readonly string[];
}

/**
 * `npm run connect`: the patch that makes Jan Server's llm-api send to this stack. llm-api sends OTLP over HTTP as soon as
 * OTEL_EXPORTER_OTLP_ENDPOINT is set, and calls itself what SERVICE_NAME says (janhq/server, 2026-01).
 * @throws VerbError where the environment has no Jan Server
 */
export function connect(config: Config, variables: Variables): Connection {
  const { janServer, namespace } = config;
  if (janServer === null) {
    throw new VerbError([
      { what: 'This environment has no Jan Server.', fix: 'set janServer in the environment file' },
    ]);
  }
  const { OTEL_ENABLED, OTEL_SERVICE_NAME, OTEL_EXPORTER_OTLP_ENDPOINT: given } = variables;
  const own = `http://otel-collector.${namespace}:${PORTS.otlpHttp.port}`;
  const endpoint = given === null || isShortName(given) ? own : given;
  const deployment = `${janServer.application}-llm-api`;
  const env = Object.entries({
    OTEL_ENABLED,
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_SERVICE_NAME,
    SERVICE_NAME: OTEL_SERVICE_NAME,
  }).map(([name, value]) => ({ name, value }));
  const patch = stringify({ spec: { template: { spec: { containers: [{ name: 'llm-api', env }] } } } });
  return {
    patch,
    notes: [
      `npm run --silent connect > patch.yaml && kubectl -n ${janServer.namespace} patch deployment ${deployment} --patch-file patch.yaml`,
      ...(endpoint === given || given === null
        ? []
        : [
            `OTEL_EXPORTER_OTLP_ENDPOINT is ${given}, which is a name of Docker Compose; pods of ${janServer.namespace} reach ${own}.`,
          ]),
      ...(OTEL_ENABLED === 'true'
        ? []
        : ['OTEL_ENABLED is false: this patch says so, and no telemetry is meant to arrive. Set OTEL_ENABLED=true.']),
    ],
  };
}

/** Whether a URL names a host without its namespace, or this machine: a pod elsewhere finds neither. */
function isShortName(url: string): boolean {
  const { hostname } = new URL(/^https?:/.test(url) ? url : `http://${url}`);
  return !hostname.includes('.');
}
