import { parse } from 'yaml';
import { readVariables } from '../../../config/variables';
import { DOCUMENTED } from '../../../verbs/commands';
import { connect } from '../../../verbs/connect';
import { configFrom } from '../../support';

interface Patch {
  spec: { template: { spec: { containers: { name: string; env: Record<string, unknown>[] }[] } } };
}

const connected = (environment: Record<string, string>, text = '', words: readonly string[] = []) =>
  connect(configFrom(text), readVariables([], environment), DOCUMENTED, words);

const containerOf = (patch: string) => (parse(patch) as Patch).spec.template.spec.containers[0];

const variablesOf = (patch: string) =>
  Object.fromEntries(containerOf(patch)?.env.map(({ name, value }) => [name, value]) ?? []);

test('llm-api sends to the Collector of the stack', () => {
  const { output: patch, notes } = connected({});
  expect(containerOf(patch)?.name).toBe('llm-api');
  expect(variablesOf(patch)).toEqual({
    OTEL_ENABLED: 'true',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-collector.jan-monitoring:4318',
    OTEL_SERVICE_NAME: 'llm-api',
    SERVICE_NAME: 'llm-api',
  });
  expect(notes).toEqual([
    'npm run --silent connect > patch.yaml && kubectl -n jan-server patch deployment jan-server-llm-api --patch-file patch.yaml',
    expect.stringContaining('only llm-api and realtime-api create spans'),
  ]);
});

test('OTEL_SERVICE_NAME is the service that is patched, and no other service gets its name', () => {
  const { output: patch, notes } = connected({ OTEL_SERVICE_NAME: 'realtime-api' });
  expect(containerOf(patch)?.name).toBe('realtime-api');
  expect(variablesOf(patch)).toMatchObject({ OTEL_ENABLED: 'true', SERVICE_NAME: 'realtime-api' });
  expect(notes[0]).toBe(
    'npm run --silent connect -- realtime-api > patch.yaml && kubectl -n jan-server patch deployment jan-server-realtime-api --patch-file patch.yaml',
  );
});

test.each(['response-api', 'media-api'])(
  '%s gets the form that it reads, and it is said that it gains nothing',
  (service) => {
    const { output, notes } = connected({}, '', [service]);
    expect(variablesOf(output)).toEqual({
      ENABLE_TRACING: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'otel-collector.jan-monitoring:4318',
      SERVICE_NAME: service,
    });
    expect(notes.join()).toContain(`${service} gains nothing from this today`);
    const off = connected({ OTEL_ENABLED: 'false', OTEL_SERVICE_NAME: service });
    expect(containerOf(off.output)?.env).toEqual([
      { name: 'ENABLE_TRACING', value: 'false', valueFrom: null },
      { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: '', valueFrom: null },
    ]);
  },
);

test.each(['https://otlp.example.com', 'http://otlp.example.com:4318/tenant'])(
  'response-api cannot send to %s',
  (given) => {
    const attempt = () => connected({ OTEL_EXPORTER_OTLP_ENDPOINT: given }, '', ['response-api']);
    expect(attempt).toThrow(/without TLS and without a path[\s\S]*fix {2}set OTEL_EXPORTER_OTLP_ENDPOINT to http:/);
  },
);

test.each([
  ['mcp-tools', /no OTLP exporter/],
  ['memory-tools', /no OTLP exporter/],
  ['llm-api-eu', /no such service/],
])('%s gains nothing: says why', (service, reason) => {
  const attempt = () => connected({ OTEL_SERVICE_NAME: service });
  expect(attempt).toThrow(reason);
  expect(attempt).toThrow(/fix {2}npm run connect -- llm-api or realtime-api; .* --namespace=NAMESPACE/);
});

test('OTEL_ENABLED=false empties the endpoint, because llm-api sends as long as it has one, also from a ConfigMap', () => {
  const { output: patch, notes } = connected({
    OTEL_ENABLED: 'false',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp.example.com',
  });
  expect(containerOf(patch)?.env).toEqual([
    { name: 'OTEL_ENABLED', value: 'false', valueFrom: null },
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: '', valueFrom: null },
  ]);
  expect(notes.join()).toContain('makes llm-api stop sending');
  expect(notes[0]).toMatch(/^OTEL_ENABLED=false npm run/);
});

test.each(['llm-api', 'realtime-api', 'media-api'])('%s is off with the variables alone, too', (service) => {
  const { output } = connected({ OTEL_ENABLED: 'false' }, '', [service, '--output=env']);
  const onOff = service === 'media-api' ? 'ENABLE_TRACING' : 'OTEL_ENABLED';
  expect(output).toBe(`${onOff}=false\nOTEL_EXPORTER_OTLP_ENDPOINT=\n`);
});

test.each([
  'http://otel-collector:4318',
  'otel-collector:4318',
  'http://localhost:4318',
  'http://127.0.0.1:4318',
  'http://0.0.0.0:4318',
  'http://host.docker.internal:4318',
])('%s is no address for a pod: it is replaced, and said', (given) => {
  const { output: patch, notes } = connected({ OTEL_EXPORTER_OTLP_ENDPOINT: given });
  expect(variablesOf(patch).OTEL_EXPORTER_OTLP_ENDPOINT).toBe('http://otel-collector.jan-monitoring:4318');
  expect(notes.join()).toContain(`OTEL_EXPORTER_OTLP_ENDPOINT is ${given}`);
});

test('an address of yours stays', () => {
  const own = connected({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp.example.com' });
  expect(variablesOf(own.output).OTEL_EXPORTER_OTLP_ENDPOINT).toBe('https://otlp.example.com');
});

test('without Jan Server there is nothing to connect', () => {
  expect(() => connected({}, 'janServer: null')).toThrow(/no Jan Server/);
});
