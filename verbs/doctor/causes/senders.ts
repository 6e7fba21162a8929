/** Services that do not send, or send to the wrong place. */
import type { Places } from '../../../content/runbooks/places';
import { type AnyCause, type At, type Cause, entryOf } from '../cause';

/** A container with a mistake in its variables. */
export interface Sending {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly container: string;
  /** What is wrong: `NAME=value`, or a namespace. */
  readonly value: string;
  /** Where it should send. */
  readonly endpoint: Places['intake'];
  /** Whether Prometheus was asked, and knows no span of it. */
  readonly isSilent: boolean;
}

type Text = (sending: Sending) => string;

const silence = ({ isSilent }: Sending) => (isSilent ? '; no span of it has arrived in the last 5 minutes' : '');
const setEnv = ({ commands: { kubectl } }: At, { namespace, kind, name, container }: Sending, variables: string) =>
  kubectl(`-n ${namespace} set env ${kind.toLowerCase()}/${name} -c ${container} ${variables}`);
const url = ({ endpoint: { service, ports } }: Sending, scheme = 'http://', port = ports[1]) =>
  `${scheme}${service}:${port}`;
const variableOf = ({ value }: Sending) => value.split('=')[0] ?? '';

/** @param fix the next step @param value of the example */
function cause(
  texts: Pick<Cause<Sending>, 'id' | 'title' | 'meaning'>,
  says: Text,
  fix: (at: At, sending: Sending) => string,
  value: (at: At) => string,
): Cause<Sending> {
  return {
    ...texts,
    section: 'traces',
    found:
      'The variables of the container are compared with what its program reads; those of ConfigMaps are read too, those of Secrets are not. Nothing is printed about a workload whose spans arrive.',
    says: (sending) => `container ${sending.container}: ${says(sending)}${silence(sending)}`,
    next: fix,
    example: (at) => {
      const { namespace = 'jan-server', application = 'jan-server' } = at.places.janServer ?? {};
      const name = `${application}-llm-api`;
      const details = { namespace, kind: 'Deployment', name, container: 'llm-api', value: value(at) };
      return {
        part: `Deployment/${name} in ${namespace}`,
        details: { ...details, endpoint: at.places.intake, isSilent: true },
      };
    },
  };
}

const BASE = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const toCollector = (at: At, sending: Sending) => setEnv(at, sending, `${variableOf(sending)}=${url(sending)}`);
const example = (form: (service: string) => string) => (at: At) => `${BASE}=${form(at.places.intake.service)}`;

export const TRACING_OFF = cause(
  {
    id: 'tracing-off',
    title: 'Tracing is not switched on in the service',
    meaning:
      'The service has an endpoint, but a switch that it reads is not on: OTEL_ENABLED for realtime-api, ENABLE_TRACING for response-api and media-api, OTEL_SDK_DISABLED for SDKs.',
  },
  ({ value }) => `${value} keeps it from sending traces`,
  (at, sending) =>
    setEnv(
      at,
      sending,
      variableOf(sending) === 'OTEL_SDK_DISABLED' ? 'OTEL_SDK_DISABLED-' : `${variableOf(sending)}=true`,
    ),
  () => 'OTEL_ENABLED=false',
);

export const ENDPOINT_MISSING = cause(
  {
    id: 'endpoint-missing',
    title: 'A service that should send has no endpoint',
    meaning: `The switch is on, but ${BASE} is not set. Jan Server's own chart sets OTEL_ENABLED only, and llm-api does not read it; an SDK sends to localhost.`,
  },
  ({ value }) => `it has ${value}, and no ${BASE}`,
  (at, sending) => setEnv(at, sending, `${BASE}=${url(sending)}`),
  () => 'OTEL_ENABLED=true',
);

export const EXPORTER_NONE = cause(
  {
    id: 'exporter-none',
    title: 'The exporter of traces is not OTLP',
    meaning: 'OTEL_TRACES_EXPORTER is none, console, or another one than otlp. The SDK creates spans and drops them.',
  },
  ({ value }) => `${value}, so that its spans go nowhere`,
  (at, sending) => setEnv(at, sending, 'OTEL_TRACES_EXPORTER=otlp'),
  () => 'OTEL_TRACES_EXPORTER=none',
);

export const SAMPLER_OFF = cause(
  {
    id: 'sampler-off',
    title: 'The sampler of a service drops every trace',
    meaning: 'OTEL_TRACES_SAMPLER is always_off, or a ratio of 0.',
  },
  ({ value }) => `${value} drops every trace`,
  (at, sending) => setEnv(at, sending, 'OTEL_TRACES_SAMPLER=parentbased_always_on OTEL_TRACES_SAMPLER_ARG-'),
  () => 'OTEL_TRACES_SAMPLER=always_off',
);

export const LOCAL_ENDPOINT = cause(
  {
    id: 'endpoint-local',
    title: 'The endpoint is localhost or a Docker Compose name',
    meaning:
      'localhost is the pod itself, and a name without a namespace is looked up in the namespace of the sender. Both work with Docker Compose, and not in a cluster.',
  },
  ({ value, namespace }) => `${value} leads nowhere: in the namespace ${namespace} nothing has that name`,
  toCollector,
  () => `${BASE}=http://localhost:4318`,
);

export const WRONG_NAMESPACE = cause(
  {
    id: 'endpoint-wrong-namespace',
    title: 'A service sends to a wrong namespace',
    meaning: 'The endpoint has the name of the Collector in a namespace where it does not run.',
  },
  ({ value }) => `${value} names a namespace without that Service`,
  toCollector,
  () => `${BASE}=http://otel-collector.monitoring:4318`,
);

export const WRONG_SERVICE = cause(
  {
    id: 'endpoint-wrong-service',
    title: 'A service sends to a wrong Service',
    meaning:
      'The endpoint names a Service that does not exist, or another one of the stack, such as Jaeger: only the Collector accepts telemetry.',
  },
  ({ value }) => `${value} is not the Collector`,
  toCollector,
  (at) => `${BASE}=http://jaeger.${at.places.namespace}:4318`,
);

export const ENDPOINT_TLS = cause(
  {
    id: 'endpoint-https',
    title: 'The endpoint has the scheme https',
    meaning: 'The Collector speaks plain text inside the cluster. The TLS handshake of the SDK fails.',
  },
  ({ value }) => `${value} asks for TLS, which the Collector does not speak`,
  (at, sending) =>
    setEnv(
      at,
      sending,
      `${variableOf(sending)}=${sending.value.slice(sending.value.indexOf('=') + 1).replace(/^https/, 'http')}`,
    ),
  example((service) => `https://${service}:4318`),
);

export const ENDPOINT_SCHEME = cause(
  {
    id: 'endpoint-scheme',
    title: 'The scheme of the endpoint is wrong or missing',
    meaning:
      'SDKs want a URL, http://host:port, and ignore or reject a bare host:port; over gRPC both work. response-api and media-api of Jan Server are the other way round: they want host:port, and log "Tracing enabled" with a URL.',
  },
  ({ value }) => `${value} is not in the form that this program reads`,
  (at, sending) => {
    const hasScheme = sending.value.includes('://');
    const wanted =
      hasScheme && !/=(https?):\/\//.test(sending.value) ? url(sending) : url(sending, hasScheme ? '' : 'http://');
    return setEnv(at, sending, `${variableOf(sending)}=${wanted}`);
  },
  example((service) => `${service}:4318`),
);

export const GRPC_PORT = cause(
  {
    id: 'grpc-port-for-http',
    title: 'The port 4317 is used for HTTP',
    meaning: '4317 is OTLP over gRPC, and the service sends OTLP over HTTP, whose port is 4318.',
  },
  ({ value }) => `${value}: it sends HTTP to the port of gRPC`,
  (at, sending) => setEnv(at, sending, `${variableOf(sending)}=${url(sending)}`),
  example((service) => `http://${service}:4317`),
);

export const HTTP_PORT = cause(
  {
    id: 'http-port-for-grpc',
    title: 'The port 4318 is used for gRPC',
    meaning: '4318 is OTLP over HTTP, and OTEL_EXPORTER_OTLP_PROTOCOL is grpc, whose port is 4317.',
  },
  ({ value }) => `${value}: it sends gRPC to the port of HTTP`,
  (at, sending) => setEnv(at, sending, `${variableOf(sending)}=${url(sending, 'http://', sending.endpoint.ports[0])}`),
  example((service) => `http://${service}:4318`),
);

export const COLLECTOR_PORT = cause(
  {
    id: 'endpoint-wrong-port',
    title: 'The port of the endpoint is missing or wrong',
    meaning: 'The Collector accepts OTLP at 4317 (gRPC) and 4318 (HTTP) only. Without a port, http:// means 80.',
  },
  ({ value }) => `${value} has no port of OTLP`,
  toCollector,
  example((service) => `http://${service}`),
);

export const ENDPOINT_PATH = cause(
  {
    id: 'endpoint-path',
    title: 'The endpoint has a wrong path',
    meaning: `SDKs append /v1/traces to ${BASE}, so that it becomes /v1/traces/v1/traces, which the Collector answers with 404. OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is used as it is, and needs the path.`,
  },
  ({ value }) => `${value} leads to a path that the Collector does not serve`,
  (at, sending) =>
    setEnv(at, sending, `${variableOf(sending)}=${url(sending)}${variableOf(sending) === BASE ? '' : '/v1/traces'}`),
  example((service) => `http://${service}:4318/v1/traces`),
);

export const NOT_ADMITTED = cause(
  {
    id: 'sender-not-allowed',
    title: 'The namespace of a sender is not allowed to connect',
    meaning:
      'The NetworkPolicies of the stack admit the namespace of Jan Server and those in network.allowFrom. Connections of other pods time out, where the network enforces policies.',
  },
  ({ value }) => `it sends to the Collector, but network.allowFrom does not name ${value}`,
  ({ commands, places: { environment } }, { namespace }) =>
    `add { namespace: ${namespace}, to: collector } to network.allowFrom in environments/${environment}.yaml, then ${commands.make('monitor-up')}`,
  () => 'another-team',
);

export const SENDER_CAUSES: readonly AnyCause[] = [
  TRACING_OFF,
  ENDPOINT_MISSING,
  LOCAL_ENDPOINT,
  WRONG_NAMESPACE,
  WRONG_SERVICE,
  ENDPOINT_TLS,
  ENDPOINT_SCHEME,
  GRPC_PORT,
  HTTP_PORT,
  COLLECTOR_PORT,
  ENDPOINT_PATH,
  EXPORTER_NONE,
  SAMPLER_OFF,
  NOT_ADMITTED,
].map(entryOf);
