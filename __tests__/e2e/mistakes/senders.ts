/** Services that send wrongly. Their Deployments have no pods: the variables are enough. */
import type { Mistake } from './mistake';
import { type AnyObject, applyIn, JAN, NAMESPACE, OTHER } from './stack';

const COLLECTOR = `otel-collector.${NAMESPACE}`;
const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';

type Variables = Readonly<Record<string, string>>;
interface Service {
  readonly what: string;
  readonly name: string;
  readonly id: string | null;
  /** Of a service of Jan Server; 'app': any SDK. */
  readonly container: string;
  readonly env: Variables;
}

const to = (endpoint: string, more: Variables = {}): Variables => ({ [ENDPOINT]: endpoint, ...more });
const HTTP = { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' };
const GRPC = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };

const SERVICES: readonly Service[] = [
  {
    what: 'https in the endpoint',
    name: 'https',
    id: 'endpoint-https',
    container: 'llm-api',
    env: to(`https://${COLLECTOR}:4318`),
  },
  {
    what: '4317 used for HTTP',
    name: 'grpc-port',
    id: 'grpc-port-for-http',
    container: 'llm-api',
    env: to(`http://${COLLECTOR}:4317`),
  },
  {
    what: 'tracing not switched on in realtime-api',
    name: 'off',
    id: 'tracing-off',
    container: 'realtime-api',
    env: to(`http://${COLLECTOR}:4318`),
  },
  {
    what: "the chart's own OTEL_ENABLED, which llm-api does not read",
    name: 'enabled',
    id: 'endpoint-missing',
    container: 'llm-api',
    env: { OTEL_ENABLED: 'true' },
  },
  {
    what: 'a URL where response-api wants host:port',
    name: 'url',
    id: 'endpoint-scheme',
    container: 'response-api',
    env: to(`http://${COLLECTOR}:4318`, { ENABLE_TRACING: 'true' }),
  },
  {
    what: 'host:port where an SDK wants a URL',
    name: 'bare',
    id: 'endpoint-scheme',
    container: 'app',
    env: to(`${COLLECTOR}:4318`, HTTP),
  },
  {
    what: '4318 used for gRPC',
    name: 'http-port',
    id: 'http-port-for-grpc',
    container: 'app',
    env: to(`http://${COLLECTOR}:4318`, GRPC),
  },
  {
    what: 'a path too many',
    name: 'path',
    id: 'endpoint-path',
    container: 'app',
    env: to(`http://${COLLECTOR}:4318/v1/traces`, HTTP),
  },
  {
    what: 'no path in the endpoint of traces',
    name: 'no-path',
    id: 'endpoint-path',
    container: 'app',
    env: { ...HTTP, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `http://${COLLECTOR}:4318` },
  },
  {
    what: 'localhost as endpoint',
    name: 'localhost',
    id: 'endpoint-local',
    container: 'llm-api',
    env: to('http://localhost:4318'),
  },
  {
    what: 'a Docker Compose name as endpoint',
    name: 'compose',
    id: 'endpoint-local',
    container: 'llm-api',
    env: to('http://otel-collector:4318'),
  },
  {
    what: 'a wrong namespace',
    name: 'namespace',
    id: 'endpoint-wrong-namespace',
    container: 'llm-api',
    env: to('http://otel-collector.e2e-mistakes-none.svc.cluster.local:4318'),
  },
  {
    what: 'Jaeger instead of the Collector',
    name: 'jaeger',
    id: 'endpoint-wrong-service',
    container: 'app',
    env: to(`http://jaeger.${NAMESPACE}:4318`, HTTP),
  },
  {
    what: 'no port in the endpoint',
    name: 'no-port',
    id: 'endpoint-wrong-port',
    container: 'app',
    env: to(`http://${COLLECTOR}`, HTTP),
  },
  {
    what: 'exporter none',
    name: 'none',
    id: 'exporter-none',
    container: 'app',
    env: to(`http://${COLLECTOR}:4318`, { OTEL_TRACES_EXPORTER: 'none' }),
  },
  {
    what: 'a sampler that is off',
    name: 'sampler',
    id: 'sampler-off',
    container: 'app',
    env: to(`http://${COLLECTOR}:4318`, {
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0',
    }),
  },
  {
    what: 'an SDK that is disabled',
    name: 'disabled',
    id: 'tracing-off',
    container: 'app',
    env: to(`http://${COLLECTOR}:4318`, { OTEL_SDK_DISABLED: 'true' }),
  },
  // Nothing may be said about these.
  { what: 'right', name: 'right', id: null, container: 'llm-api', env: to(`http://${COLLECTOR}:4318`) },
  {
    what: 'right, in full',
    name: 'right-full',
    id: null,
    container: 'app',
    env: to(`http://${COLLECTOR}.svc.cluster.local:4317`, GRPC),
  },
  {
    what: 'right for media-api',
    name: 'right-bare',
    id: null,
    container: 'media-api',
    env: to(`${COLLECTOR}:4318`, { ENABLE_TRACING: 'true' }),
  },
  {
    what: 'another backend, on purpose',
    name: 'away',
    id: null,
    container: 'app',
    env: to('https://otlp.example.com'),
  },
  {
    what: 'metrics only',
    name: 'metrics',
    id: null,
    container: 'app',
    env: to(`http://${COLLECTOR}:4318`, { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'otlp' }),
  },
];

/** A Deployment without pods. @param source how the container gets its variables */
export function sender(name: string, container: string, source: object): AnyObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: container, image: 'none', ...source }] } },
    },
  };
}

const listed = (env: Variables) => ({ env: Object.entries(env).map(([name, value]) => ({ name, value })) });
const partOf = (name: string, namespace: string) => `Deployment/${name} in ${namespace}`;

/** Variables that come from a ConfigMap are read, those of a Secret are not: the second is right for all that can be known. */
const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'telemetry' },
  data: to(`http://${COLLECTOR}:4317/v1/traces`),
};
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'telemetry' },
  stringData: to('http://localhost:4318'),
};

export const SENDER_MISTAKES: readonly Mistake[] = [
  ...SERVICES.flatMap(({ what, name, id }) => (id === null ? [] : [{ what, part: partOf(name, JAN), id }])),
  { what: '4317 used for HTTP, by a ConfigMap', part: partOf('by-config-map', JAN), id: 'grpc-port-for-http' },
  { what: 'and a path too many', part: partOf('by-config-map', JAN), id: 'endpoint-path' },
  { what: 'a namespace that may not connect', part: partOf('stranger', OTHER), id: 'sender-not-allowed' },
];

/** Workloads of another team, which send to an agent of their own. Nothing may be said about them. */
const OWN_AGENTS = [
  sender('node-agent', 'app', {
    env: [
      { name: 'HOST_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
      { name: ENDPOINT, value: 'http://$(HOST_IP):4318' },
    ],
  }),
  withSidecar(sender('native-sidecar', 'app', listed(to('http://localhost:4318')))),
];

/** Adds a sidecar that listens at the port of OTLP. */
function withSidecar(object: AnyObject): AnyObject {
  const { spec } = object as unknown as { spec: { template: { spec: object } } };
  const agent = { name: 'agent', image: 'none', restartPolicy: 'Always', ports: [{ containerPort: 4318 }] };
  const template = { ...spec.template, spec: { ...spec.template.spec, initContainers: [agent] } };
  return { ...object, spec: { ...spec, template } } as AnyObject;
}

/** Makes them all. */
export function makeSenders(): void {
  applyIn(
    JAN,
    configMap,
    secret,
    ...SERVICES.map(({ name, container, env }) => sender(name, container, listed(env))),
    sender('by-config-map', 'app', { envFrom: [{ configMapRef: { name: 'telemetry' } }] }),
    sender('by-secret', 'app', { envFrom: [{ secretRef: { name: 'telemetry' } }] }),
  );
  applyIn(OTHER, ...OWN_AGENTS);
  applyIn(OTHER, sender('stranger', 'app', listed(to(`http://${COLLECTOR}:4318`, HTTP))));
}
