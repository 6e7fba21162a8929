import { parse } from 'yaml';
import { env, envText, inContainer, inExternalLabel, toCollectorYaml } from '../../lib/env-text';
import { configFile, find, render } from '../support';

/** What the Collector makes of a value without references, as `escapeDollarSigns` of confmap 1.61 does at last. */
const read = (value: string) => value.replaceAll('$$', '$');

test.each(['$', '$$', '${file:/etc/passwd}', '$${env:X}', '$$$ENV', 'a$1', '${a${b}}', '${'])(
  'the Collector reads %s as it was written',
  (text) => {
    const { value, list } = parse(toCollectorYaml({ value: text, list: [text] })) as { value: string; list: string[] };
    // An odd number of dollar signs before "${" is an escaped one.
    expect(value.replaceAll('$$', '')).not.toContain('$');
    expect([read(value), read(list[0] ?? '')]).toEqual([text, text]);
  },
);

test('a reference is one, in whatever text it stands', () => {
  const address = envText`[${env('POD_IP')}]:${4317}`;
  const statement = envText`"${address}" ${'$1'} ${'${x'}`;
  expect(parse(toCollectorYaml({ address, statement, plain: 'x', number: 1, none: null }))).toEqual({
    address: '[${env:POD_IP}]:4317',
    statement: '"[${env:POD_IP}]:4317" $$1 $${x',
    plain: 'x',
    number: 1,
    none: null,
  });
});

test('a reference that the Collector would not read is refused', () => {
  expect(() => toCollectorYaml({ text: envText`${'${a}'}${env('B')}` })).toThrow('B behind a text with braces');
});

test('Kubernetes and Prometheus have spellings of their own', () => {
  expect(inContainer(envText`--address=${env('POD_IP')}:1 ${'$(POD_IP) $x $$ ($|/)'}`)).toBe(
    '--address=$(POD_IP):1 $$(POD_IP) $x $$$$ ($|/)',
  );
  expect(inExternalLabel(envText`${env('POD_NAME')} ${'$HOME'}`)).toBe('${POD_NAME} $$HOME');
});

const URL = 'https://store.example.com/${file:/var/run/secrets/token}/v1/metrics';

test('a URL of the user asks no provider', () => {
  const objects = render(`collector: { queue: { storage: 20Gi }, otlpMetrics: [{ name: m, url: '${URL}' }] }`);
  const { exporters } = configFile<{ exporters: Record<string, { metrics_endpoint: string }> }>(
    objects,
    'otel-collector-config',
    'config.yaml',
  );
  expect(exporters['otlp_http/m']?.metrics_endpoint).toBe(URL.replace('$', '$$$$'));
});

test('an argument of the user names no variable', () => {
  const store = "{ type: opensearch, urls: ['https://search.example.com/$(ES_PASSWORD)/'] }";
  const job = find(render(`jaeger: { store: ${store} }`), 'CronJob', 'jaeger-index-cleaner');
  expect(JSON.stringify(job)).toContain('https://search.example.com/$$(ES_PASSWORD)/');
});
