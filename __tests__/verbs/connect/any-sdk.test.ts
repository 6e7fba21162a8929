import { parse } from 'yaml';
import { readVariables } from '../../../config/variables';
import type { Config } from '../../../stack/config';
import { commandsFor, DOCUMENTED } from '../../../verbs/commands';
import { connect } from '../../../verbs/connect';
import { configFrom } from '../../support';

const connected = (words: readonly string[], config: Config = configFrom('')) =>
  connect(config, readVariables([], {}), DOCUMENTED, ['checkout', '--namespace=shop', ...words]);

const variables = (words: readonly string[], config?: Config) =>
  Object.fromEntries(
    connected(['--output=env', ...words], config)
      .output.trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

const served = (param: number, type: 'probabilistic' | 'ratelimiting' = 'probabilistic', text = ''): Config => ({
  ...configFrom(`jaeger: {samplingStrategiesFile: sampling.json${text}}`),
  samplingStrategies: {
    default_strategy: { type: 'probabilistic', param: 1 },
    service_strategies: [{ service: 'checkout', type, param }],
  },
});

test('a service of its own namespace, where no strategies are served', () => {
  expect(variables([])).toEqual({
    OTEL_SDK_DISABLED: 'false',
    OTEL_SERVICE_NAME: 'checkout',
    OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=shop,deployment.environment.name=test,k8s.namespace.name=shop',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-collector.jan-monitoring:4318',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '1',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_LOGS_EXPORTER: 'none',
  });
});

test('gRPC has its own port, and metrics can be left out', () => {
  expect(variables(['--protocol=grpc', '--metrics=none'])).toMatchObject({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-collector.jan-monitoring:4317',
    OTEL_METRICS_EXPORTER: 'none',
  });
});

test.each([
  [[], 'endpoint=http://jaeger.jan-monitoring:5779'],
  [['--language=java'], 'endpoint=http://jaeger.jan-monitoring:5779'],
  [['--language=go'], 'endpoint=http://jaeger.jan-monitoring:5778/sampling'],
])('strategies that are served, with %j', (words, endpoint) => {
  expect(variables(words, served(0.5))).toMatchObject({
    OTEL_TRACES_SAMPLER: 'parentbased_jaeger_remote',
    OTEL_TRACES_SAMPLER_ARG: `${endpoint},pollingIntervalMs=60000,initialSamplingRate=0.5`,
  });
});

test('with another store the strategies have another address', () => {
  const text = ', store: {type: opensearch, urls: ["https://opensearch.example.com:9200"]}';
  expect(variables([], served(0.5, 'probabilistic', text)).OTEL_TRACES_SAMPLER_ARG).toMatch(
    /^endpoint=http:\/\/jaeger-collector\.jan-monitoring:5779,/,
  );
});

test.each([
  ['probabilistic', 0.5, '0.5', /the ratio is the strategy's: 0.5/],
  ['ratelimiting', 7, '1', /7 traces a second, which is no ratio/],
] as const)('a language whose SDK cannot ask, with a %s strategy', (type, param, ratio, note) => {
  const config = served(param, type);
  expect(variables(['--language=ruby'], config)).toMatchObject({
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: ratio,
  });
  expect(connected(['--language=ruby'], config).notes.join()).toMatch(note);
});

describe('NetworkPolicies', () => {
  const admission = (text: string) => connected([], configFrom(text)).notes.join();
  test('a namespace that may not connect: says what to add', () => {
    expect(admission('')).toContain('network: {allowFrom: [{namespace: shop, to: collector}]}');
  });
  test.each(['network: {allowFrom: [{namespace: shop, to: collector}]}', 'janServer: {namespace: shop}'])(
    'nothing is missing with %s',
    (text) => expect(admission(text)).not.toContain('allowFrom'),
  );
});

test('the command that is printed gives the same patch', () => {
  const variables = { ENVIRONMENT: 'production', CONTEXT: null };
  const commands = commandsFor({ context: 'kind', variables });
  const words = ['checkout', '--namespace=shop', '--workload=statefulset/checkout-v2', '--container=app'];
  const { output, notes } = connect(configFrom(''), readVariables([], {}), commands, words);
  expect(notes[0]).toBe(
    'ENVIRONMENT=production npm run --silent connect -- checkout --namespace=shop --workload=statefulset/checkout-v2 --container=app > patch.yaml && kubectl --context kind -n shop patch statefulset checkout-v2 --patch-file patch.yaml',
  );
  expect(parse(output)).toMatchObject({
    kind: 'StatefulSet',
    metadata: { name: 'checkout-v2', namespace: 'shop' },
    spec: { template: { spec: { containers: [{ name: 'app' }] } } },
  });
});

test('off, in the environment or as a patch', () => {
  const { output, notes } = connect(configFrom(''), readVariables([], { OTEL_ENABLED: 'false' }), DOCUMENTED, [
    'checkout',
    '--namespace=shop',
    '--output=env',
  ]);
  expect(output).toBe(
    'OTEL_SDK_DISABLED=true\nOTEL_TRACES_EXPORTER=none\nOTEL_METRICS_EXPORTER=none\nOTEL_LOGS_EXPORTER=none\nOTEL_EXPORTER_OTLP_ENDPOINT=\n',
  );
  expect(notes.join()).toContain('makes checkout stop sending');
});

test('without Jan Server other services still connect', () => {
  const config = configFrom('janServer: null');
  expect(variables([], config)).toMatchObject({ OTEL_SERVICE_NAME: 'checkout' });
});
