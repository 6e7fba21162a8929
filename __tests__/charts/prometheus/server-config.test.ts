/** Prometheus' configuration file: the intervals and limits of the seed, and what it must never enable. */
import { configFile, find, fixtures, render } from '../../support';

const standard = render('jaeger: {samplingStrategiesFile: a.json}');
const everything = render(fixtures().find(({ name }) => name === 'everything')?.text ?? '');

const settings = configFile(standard, 'prometheus-config', 'prometheus.yaml') as Record<string, unknown>;

test('intervals, external labels and retention are those of the seed', () => {
  expect(settings).toMatchObject({
    global: { scrape_interval: '15s', external_labels: { cluster: 'jan-server', environment: 'test' } },
    storage: { tsdb: { retention: { time: '30d', size: '10GB' } } },
  });
});

test('the services of the seed are scraped every 10 s, within limits', () => {
  const job = (settings.scrape_configs as Record<string, unknown>[]).find(({ job_name }) => job_name === 'jan-server');
  expect(job).toMatchObject({
    scrape_interval: '10s',
    sample_limit: 20000,
    label_limit: 40,
    body_size_limit: '16MB',
  });
  expect(JSON.stringify(job)).toContain(
    'llm-api;8080|mcp-tools;8091|response-api;8082|media-api;8285|realtime-api;8186',
  );
});

test('only one job honours labels, and it drops the series that Prometheus itself writes', () => {
  const honouring = (settings.scrape_configs as Record<string, unknown>[]).filter(({ honor_labels }) => honor_labels);
  expect(honouring.map(({ job_name }) => job_name)).toEqual(['otel-collector']);
  expect(JSON.stringify(honouring)).toContain('up|scrape_.+|ALERTS|ALERTS_FOR_STATE');
});

test('the admin API and the lifecycle endpoint are off', () => {
  expect(JSON.stringify(find(everything, 'Deployment', 'prometheus'))).not.toMatch(/admin-api|enable-lifecycle/);
});

test('static targets are addressed by the names of their Services', () => {
  expect(JSON.stringify(configFile(everything, 'prometheus-config', 'prometheus.yaml'))).toContain(
    'tools.jan.svc.cluster.example:8091',
  );
});
