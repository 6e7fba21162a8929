/** What two programs must say alike, each in a configuration of its own. */
import { configFile, fixtures, render } from '../support';

const standard = render('jaeger: {samplingStrategiesFile: a.json}');
const everything = render(fixtures().find(({ name }) => name === 'everything')?.text ?? '');

test('Jaeger reads span metrics by the namespace and unit that the Collector writes', () => {
  const { connectors } = configFile(standard, 'otel-collector-config', 'config.yaml') as {
    connectors: { span_metrics: { namespace: string; histogram: { unit: string } } };
  };
  const jaeger = configFile(standard, 'jaeger-config', 'config.yaml') as {
    extensions: { jaeger_storage: { metric_backends: { prometheus: { prometheus: Record<string, unknown> } } } };
  };
  expect(jaeger.extensions.jaeger_storage.metric_backends.prometheus.prometheus).toMatchObject({
    metric_namespace: connectors.span_metrics.namespace.replaceAll('.', '_'),
    latency_unit: connectors.span_metrics.histogram.unit,
  });
});

test('no rule and no panel reads jan_llm_api_tokens_*, which count words where an answer is streamed', () => {
  expect(JSON.stringify([standard, everything])).not.toMatch(/jan_llm_api_tokens_/);
});
