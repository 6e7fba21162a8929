/** Endpoints that do not lead to the Collector, or in a form that does not work. */
import { type AnyCause, entryOf } from '../cause';
import { BASE, example, senderCause, setEnv, toCollector, url, variableOf, WITH_SDK } from './sender-form';

export const LOCAL_ENDPOINT = senderCause(
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

export const WRONG_NAMESPACE = senderCause(
  {
    id: 'endpoint-wrong-namespace',
    title: 'A service sends to a wrong namespace',
    meaning: 'The endpoint has the name of the Collector in a namespace where it does not run.',
  },
  ({ value }) => `${value} names a namespace without that Service`,
  toCollector,
  () => `${BASE}=http://otel-collector.monitoring:4318`,
);

export const WRONG_SERVICE = senderCause(
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

export const ENDPOINT_TLS = senderCause(
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

export const ENDPOINT_SCHEME = senderCause(
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
  WITH_SDK,
);

export const GRPC_PORT = senderCause(
  {
    id: 'grpc-port-for-http',
    title: 'The port 4317 is used for HTTP',
    meaning: '4317 is OTLP over gRPC, and the service sends OTLP over HTTP, whose port is 4318.',
  },
  ({ value }) => `${value}: it sends HTTP to the port of gRPC`,
  (at, sending) => setEnv(at, sending, `${variableOf(sending)}=${url(sending)}`),
  example((service) => `http://${service}:4317`),
);

export const HTTP_PORT = senderCause(
  {
    id: 'http-port-for-grpc',
    title: 'The port 4318 is used for gRPC',
    meaning: '4318 is OTLP over HTTP, and OTEL_EXPORTER_OTLP_PROTOCOL is grpc, whose port is 4317.',
  },
  ({ value }) => `${value}: it sends gRPC to the port of HTTP`,
  (at, sending) => setEnv(at, sending, `${variableOf(sending)}=${url(sending, 'http://', sending.endpoint.ports[0])}`),
  example((service) => `http://${service}:4318`),
  WITH_SDK,
);

export const COLLECTOR_PORT = senderCause(
  {
    id: 'endpoint-wrong-port',
    title: 'The port of the endpoint is missing or wrong',
    meaning: 'The Collector accepts OTLP at 4317 (gRPC) and 4318 (HTTP) only. Without a port, http:// means 80.',
  },
  ({ value }) => `${value} has no port of OTLP`,
  toCollector,
  example((service) => `http://${service}`),
);

export const ENDPOINT_PATH = senderCause(
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

/** In the order of the page. */
export const ENDPOINT_CAUSES: readonly AnyCause[] = [
  LOCAL_ENDPOINT,
  WRONG_NAMESPACE,
  WRONG_SERVICE,
  ENDPOINT_TLS,
  ENDPOINT_SCHEME,
  GRPC_PORT,
  HTTP_PORT,
  COLLECTOR_PORT,
  ENDPOINT_PATH,
].map(entryOf);
