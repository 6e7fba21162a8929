/** The variables of the OpenTelemetry specification, for a program with any SDK. */
import type { Config } from '../../stack/config';
import type { ConnectArguments } from './arguments';
import { asUrl, type Target } from './endpoint';
import type { Variable } from './patch';
import { samplingOf } from './sampling';

/** The service that sends. */
export interface Sender {
  readonly service: string;
  readonly namespace: string;
}

/** Fields of the pod that its telemetry is found by. k8s_attributes adds them for Jan Server's namespace only. */
const OF_POD = {
  'k8s.pod.uid': { variable: 'K8S_POD_UID', field: 'metadata.uid' },
  'k8s.pod.name': { variable: 'K8S_POD_NAME', field: 'metadata.name' },
  'k8s.node.name': { variable: 'K8S_NODE_NAME', field: 'spec.nodeName' },
} as const;

/**
 * The variables that make a program send to an endpoint (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables).
 * @returns them, and remarks
 */
export function switchedOn(
  config: Config,
  { service, namespace }: Sender,
  { language, protocol = 'http/protobuf', metrics = 'otlp', output }: ConnectArguments,
  target: Target,
) {
  const sampling = samplingOf(config, service, language ?? null);
  const attributes = {
    'service.namespace': namespace,
    'deployment.environment.name': config.environment,
    'k8s.namespace.name': namespace,
    ...(output === 'patch' &&
      Object.fromEntries(Object.entries(OF_POD).map(([name, { variable }]) => [name, `$(${variable})`]))),
  };
  const variables: Variable[] = [
    ...Object.values(OF_POD).map(({ variable, field }) => ({ name: variable, field })),
    { name: 'OTEL_SDK_DISABLED', value: 'false' },
    { name: 'OTEL_SERVICE_NAME', value: service },
    {
      name: 'OTEL_RESOURCE_ATTRIBUTES',
      value: Object.entries(attributes)
        .map((pair) => pair.join('='))
        .join(','),
    },
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: asUrl(target.url) },
    { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: protocol },
    { name: 'OTEL_TRACES_EXPORTER', value: 'otlp' },
    ...sampling.variables,
    { name: 'OTEL_METRICS_EXPORTER', value: metrics },
    // The Collector accepts logs and stores none.
    { name: 'OTEL_LOGS_EXPORTER', value: 'none' },
  ];
  return { variables, notes: [...sampling.notes, ...(target.isOurs ? admission(config, namespace) : [])] };
}

/**
 * The variables that make any SDK send nothing. The SDK of Go does not read OTEL_SDK_DISABLED, others read the exporters later than
 * that: so both are set. A program that makes its exporter itself reads the endpoint alone.
 */
export const SWITCHED_OFF: readonly Variable[] = [
  { name: 'OTEL_SDK_DISABLED', value: 'true' },
  { name: 'OTEL_TRACES_EXPORTER', value: 'none' },
  { name: 'OTEL_METRICS_EXPORTER', value: 'none' },
  { name: 'OTEL_LOGS_EXPORTER', value: 'none' },
  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: '' },
];

/** What is missing so that NetworkPolicies let the namespace in. */
function admission({ janServer, network, environment }: Config, namespace: string): string[] {
  const isAdmitted =
    janServer?.namespace === namespace ||
    network.allowFrom.some((rule) => rule.namespace === namespace && rule.to === 'collector');
  if (isAdmitted) return [];
  return [
    `NetworkPolicies do not let pods of namespace ${namespace} in yet. Add to environments/${environment}.yaml, and apply: network: {allowFrom: [{namespace: ${namespace}, to: collector}]}`,
  ];
}
