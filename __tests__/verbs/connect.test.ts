import { parse } from 'yaml';
import { readVariables } from '../../config/variables';
import { connect } from '../../verbs/connect';
import { configFrom } from '../support';

interface Patch {
  spec: { template: { spec: { containers: { name: string; env: { name: string; value: string }[] }[] } } };
}

const connected = (environment: Record<string, string>, text = '') =>
  connect(configFrom(text), readVariables([], environment));

const variablesOf = (patch: string) =>
  Object.fromEntries(
    (parse(patch) as Patch).spec.template.spec.containers[0]?.env.map(({ name, value }) => [name, value]) ?? [],
  );

test('llm-api sends to the Collector of the stack', () => {
  const { patch, notes } = connected({});
  expect(variablesOf(patch)).toEqual({
    OTEL_ENABLED: 'true',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-collector.jan-monitoring:4318',
    OTEL_SERVICE_NAME: 'llm-api',
    SERVICE_NAME: 'llm-api',
  });
  expect(notes).toHaveLength(1);
});

test('a name of Docker Compose is replaced, and said; an address of yours stays', () => {
  const compose = connected({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-collector:4318' });
  expect(variablesOf(compose.patch).OTEL_EXPORTER_OTLP_ENDPOINT).toBe('http://otel-collector.jan-monitoring:4318');
  expect(compose.notes.join()).toContain('a name of Docker Compose');
  const own = connected({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp.example.com' });
  expect(variablesOf(own.patch).OTEL_EXPORTER_OTLP_ENDPOINT).toBe('https://otlp.example.com');
});

test('OTEL_ENABLED=false warns', () => {
  expect(connected({ OTEL_ENABLED: 'false' }).notes.join()).toContain('Set OTEL_ENABLED=true');
});

test('without Jan Server there is nothing to connect', () => {
  expect(() => connected({}, 'janServer: null')).toThrow(/no Jan Server/);
});
