/** What senders are configured with, and which mistake it is. */
import * as endpointCauses from '../../../verbs/doctor/causes/endpoints';
import * as senderCauses from '../../../verbs/doctor/causes/senders';
import { diagnose } from '../../../verbs/doctor/diagnose';
import { findingOf } from '../../../verbs/doctor/finding';
import { sendersOf } from '../../../verbs/doctor/senders/workload';
import { named, sceneOf, senderWith } from './survey';

const scene = sceneOf('network: { allowFrom: [{ namespace: shop, podLabels: { app: cart }, to: collector }] }\n');
const OURS = 'http://otel-collector.jan-monitoring:4318';
const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const TRACES = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
const HTTP = { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' };
const GRPC = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };

type Case = readonly [what: string, env: Readonly<Record<string, string>>, container: string, ids: readonly string[]];

const CASES: readonly Case[] = [
  ['https', { [ENDPOINT]: OURS.replace('http', 'https') }, 'llm-api', ['endpoint-https']],
  ['4317 for HTTP', { [ENDPOINT]: OURS.replace('4318', '4317') }, 'llm-api', ['grpc-port-for-http']],
  [
    '4317 for HTTP, by its path',
    { [TRACES]: `${OURS.replace('4318', '4317')}/v1/traces` },
    'app',
    ['grpc-port-for-http'],
  ],
  ['4317 where the SDK decides', { [ENDPOINT]: OURS.replace('4318', '4317') }, 'app', []],
  ['4318 for gRPC', { [ENDPOINT]: OURS, ...GRPC }, 'app', ['http-port-for-grpc']],
  ['host:port for gRPC', { [ENDPOINT]: 'otel-collector.jan-monitoring.svc:4317', ...GRPC }, 'app', []],
  [
    'host:port for HTTP',
    { [ENDPOINT]: 'otel-collector.jan-monitoring.svc.cluster.local:4318', ...HTTP },
    'app',
    ['endpoint-scheme'],
  ],
  ['host:port for llm-api', { [ENDPOINT]: 'otel-collector.jan-monitoring:4318' }, 'llm-api', []],
  ['a URL for media-api', { [ENDPOINT]: OURS, ENABLE_TRACING: 'true' }, 'media-api', ['endpoint-scheme']],
  ['media-api that is off', { [ENDPOINT]: 'otel-collector.jan-monitoring:4318' }, 'media-api', ['tracing-off']],
  ['realtime-api that is off', { [ENDPOINT]: OURS, OTEL_ENABLED: 'false' }, 'realtime-api', ['tracing-off']],
  [
    'two mistakes',
    { [ENDPOINT]: `https://otel-collector.jan-monitoring:4318/v1/traces`, ...HTTP },
    'app',
    ['endpoint-https', 'endpoint-path'],
  ],
  ['a slash', { [ENDPOINT]: `${OURS}/`, ...HTTP }, 'app', []],
  ['no path for traces', { [TRACES]: OURS, ...HTTP }, 'app', ['endpoint-path']],
  ['the path for traces', { [TRACES]: `${OURS}/v1/traces`, ...HTTP }, 'app', []],
  ['no port', { [ENDPOINT]: 'http://otel-collector.jan-monitoring', ...HTTP }, 'app', ['endpoint-wrong-port']],
  ['localhost', { [ENDPOINT]: 'http://localhost:4318' }, 'app', ['endpoint-local']],
  ['a Compose name', { [ENDPOINT]: 'http://otel-collector:4318' }, 'app', ['endpoint-local']],
  ['a wrong namespace', { [ENDPOINT]: 'http://otel-collector.monitoring:4318' }, 'app', ['endpoint-wrong-namespace']],
  ['a Service that does not exist', { [ENDPOINT]: 'http://otelcol.shop.svc:4318' }, 'app', ['endpoint-wrong-service']],
  ['Jaeger', { [ENDPOINT]: 'http://jaeger.jan-monitoring:4318' }, 'app', ['endpoint-wrong-service']],
  ['a vendor', { [ENDPOINT]: 'https://api.honeycomb.io' }, 'app', []],
  ['two words that are a host', { [ENDPOINT]: 'https://collector.dev' }, 'app', []],
  ['exporter none', { [ENDPOINT]: OURS, OTEL_TRACES_EXPORTER: 'none' }, 'app', ['exporter-none']],
  ['several exporters', { [ENDPOINT]: OURS, OTEL_TRACES_EXPORTER: 'console,otlp' }, 'app', []],
  ['always_off', { [ENDPOINT]: OURS, OTEL_TRACES_SAMPLER: 'always_off' }, 'app', ['sampler-off']],
  ['a ratio', { [ENDPOINT]: OURS, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.01' }, 'app', []],
  [
    'a ratio of 0',
    { [ENDPOINT]: OURS, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' },
    'app',
    ['sampler-off'],
  ],
  ['a disabled SDK', { [ENDPOINT]: OURS, OTEL_SDK_DISABLED: 'true' }, 'app', ['tracing-off']],
  ['OTEL_ENABLED alone', { OTEL_ENABLED: 'true' }, 'llm-api', ['endpoint-missing']],
  ['switched off by connect', { OTEL_ENABLED: 'false' }, 'llm-api', []],
  ['a name alone', { OTEL_SERVICE_NAME: 'app' }, 'app', []],
  ['an exporter alone', { OTEL_TRACES_EXPORTER: 'otlp' }, 'app', ['endpoint-missing']],
];

test.each(CASES)('%s', (_what, env, container, ids) => {
  const senders = senderWith(env, { container });
  expect(named(scene, { senders })).toEqual(ids.map((id) => `${id} Deployment/app in jan-server`));
});

describe('the examples of the page', () => {
  const at = sceneOf('network: { allowFrom: [{ namespace: another-team, to: collector }] }\n');
  /** Where an example has a switch, it has an endpoint too. */
  const others: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'http-port-for-grpc': GRPC,
    'endpoint-missing': { [ENDPOINT]: '' },
  };

  const causes = [...Object.values(senderCauses), ...Object.values(endpointCauses)].filter(
    (cause) => 'example' in cause,
  );

  test.each(causes.map((cause) => [cause.id, cause] as const))('%s: the doctor finds it', (id, cause) => {
    const example = cause.example(at.desired);
    const { namespace, name, container, value } = example.details;
    const [variable = '', setTo] = value.split('=');
    const env = { [ENDPOINT]: OURS, ...others[id], ...(setTo !== undefined && { [variable]: setTo }) };
    const senders = senderWith(env, { namespace, name, container });
    const { desired, survey } = id === 'sender-not-allowed' ? sceneOf() : at;
    const found = diagnose(desired, { ...survey, senders }, () => []);
    expect(found).toEqual([findingOf(desired, cause, example)]);
  });

  test('of all causes', () => expect(causes).toHaveLength(14));
});

test('only admitted namespaces and pods may send', () => {
  const of = (namespace: string, labels = {}) =>
    named(scene, { senders: senderWith({ [ENDPOINT]: OURS, ...HTTP }, { namespace, labels }) });
  expect(of('shop', { app: 'cart' })).toEqual([]);
  expect(of('shop', { app: 'till' })).toEqual(['sender-not-allowed Deployment/app in shop']);
  expect(of('other')).toEqual(['sender-not-allowed Deployment/app in other']);
});

test('nothing is said about a sender whose spans arrive', () => {
  const senders = senderWith({ [ENDPOINT]: OURS.replace('http', 'https') }, { labels: { app: 'x' } });
  const pod = {
    metadata: { name: 'app-1', namespace: 'jan-server', uid: 'u1', labels: { app: 'x' } },
    spec: { containers: [] },
  };
  const neighbours = new Map([
    ['jan-server', { ...scene.survey.neighbours.get('jan-server'), pods: [pod] }],
  ]) as typeof scene.survey.neighbours;
  const spans = (instance: string) => ({
    claimUsage: [],
    failedNotifications: [],
    deletedBySize: [],
    oldest: [],
    spans: [{ labels: { instance }, value: 1 }],
  });
  expect(named(scene, { senders, neighbours, series: spans('u1') })).toEqual([]);
  expect(named(scene, { senders, neighbours, series: spans('u2') })).toHaveLength(1);
});

test('a sidecar is a Collector of its own', () => {
  const sidecar = { name: 'agent', ports: [{ containerPort: 4318 }] };
  const app = { name: 'app', env: [{ name: ENDPOINT, value: 'http://localhost:4318' }] };
  const workload = {
    kind: 'Deployment',
    metadata: { name: 'app', namespace: 'jan-server' },
    spec: { template: { spec: { containers: [app, sidecar] } } },
  };
  expect(named(scene, { senders: sendersOf(workload, { configMaps: new Map(), secretKeys: new Map() }) })).toEqual([]);
});

test('variables are composed as a kubelet does it; a value of a Secret is unknown, and is never printed', () => {
  const container = {
    name: 'app',
    envFrom: [{ configMapRef: { name: 'map' } }, { prefix: 'OTEL_', secretRef: { name: 'secret' } }],
    env: [
      { name: 'HOST', value: 'otel-collector.jan-monitoring' },
      { name: ENDPOINT, value: 'http://$(HOST):4318$$(X)' },
      { name: 'OTEL_A', valueFrom: { configMapKeyRef: { name: 'map', key: 'a' } } },
      { name: 'OTEL_B', valueFrom: { secretKeyRef: { name: 'secret', key: 'b' } } },
    ],
  };
  const workload = {
    kind: 'Deployment',
    metadata: { name: 'app', namespace: 'n' },
    spec: { template: { spec: { containers: [container] } } },
  };
  const configMaps = new Map([['n/map', { a: '1', [ENDPOINT]: 'earlier' }]]);
  const [found] = sendersOf(workload, { configMaps, secretKeys: new Map([['n/secret', ['C']]]) });
  expect(Object.fromEntries(found?.values ?? [])).toEqual({
    a: '1',
    [ENDPOINT]: 'http://otel-collector.jan-monitoring:4318$(X)',
    HOST: 'otel-collector.jan-monitoring',
    OTEL_A: '1',
    OTEL_B: null,
    OTEL_C: null,
  });
});

test('a password in an endpoint is not printed', () => {
  const senders = senderWith({ [ENDPOINT]: 'http://user:hunter2@localhost:4318' });
  const findings = diagnose(scene.desired, { ...scene.survey, senders }, () => []);
  expect(findings.map(({ id }) => id)).toEqual(['endpoint-local']);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});
