/** An edge that is taken away takes its configuration, its target and its policy rules with it. */
import type { Manifest } from '../../stack/checks/manifest';
import { configFile, find, render, stackFrom } from '../support';
import { policy, ports } from '../support/policies';

const jobs = (manifests: readonly Manifest[]) =>
  (configFile(manifests, 'prometheus-config', 'prometheus.yaml').scrape_configs as { job_name: string }[]).map(
    ({ job_name }) => job_name,
  );
const arrows = (text: string) =>
  stackFrom(text).topology.edges.map(({ client, server, port }) => `${client.name} > ${server.name}:${port}`);

test('metricsPath otlp: no scrape job and no ingress for it, and an exporter, a receiver and egress instead', () => {
  const scraped = render('');
  const pushed = render('collector: {metricsPath: otlp, queue: {storage: 10Gi}}');
  const exporters = (manifests: readonly Manifest[]) =>
    Object.keys(configFile(manifests, 'otel-collector-config', 'config.yaml').exporters as object);

  expect(jobs(scraped)).toContain('otel-collector');
  expect(ports(policy(scraped, 'otel-collector').ingress)).toContain(8889);
  expect(ports(policy(scraped, 'prometheus').egress)).toContain(8889);
  expect(exporters(scraped)).toContain('prometheus');

  expect(jobs(pushed)).not.toContain('otel-collector');
  expect(ports(policy(pushed, 'otel-collector').ingress)).not.toContain(8889);
  expect(ports(policy(pushed, 'prometheus').egress)).not.toContain(8889);
  expect(exporters(pushed)).toEqual(['otlp_http/jaeger', 'otlp_http/prometheus', 'nop']);
  expect(JSON.stringify(find(pushed, 'Service', 'otel-collector'))).not.toContain('8889');
  expect(ports(policy(pushed, 'otel-collector').egress)).toContain(9090);
  expect(JSON.stringify(find(pushed, 'Deployment', 'prometheus'))).toContain('--web.enable-otlp-receiver');
  expect(configFile(pushed, 'prometheus-config', 'prometheus.yaml')).toMatchObject({
    storage: { tsdb: { out_of_order_time_window: '150m' } },
  });
});

test('jaeger.monitor off: Jaeger does not reach Prometheus', () => {
  const reaches = 'jaeger > prometheus:9090';
  expect(arrows('')).toContain(reaches);
  expect(arrows('jaeger: {monitor: false}')).not.toContain(reaches);
  const without = render('jaeger: {monitor: false}');
  expect(policy(without, 'jaeger').egress).toEqual([]);
  expect(JSON.stringify(configFile(without, 'jaeger-config', 'config.yaml'))).not.toContain('prometheus:9090');
});

test('without sampling strategies: no ports for them', () => {
  expect(arrows('').filter((edge) => edge.includes(':577'))).toEqual([]);
  expect(arrows('jaeger: {samplingStrategiesFile: a.json}')).toContain('Jan Server > jaeger:5778');
  const manifests = render('');
  expect(JSON.stringify(find(manifests, 'Service', 'jaeger'))).not.toContain('5778');
  expect(ports(policy(manifests, 'jaeger').ingress)).not.toContain(5778);
});

test('janServer null: no job, no role, no edge', () => {
  const manifests = render('janServer: null');
  expect(arrows('janServer: null').filter((edge) => /Jan Server|llm-api/.test(edge))).toEqual([]);
  expect(manifests.filter(({ metadata }) => metadata.namespace === 'jan-server')).toEqual([]);
  expect(jobs(manifests)).toEqual([
    'prometheus',
    'otel-collector',
    'otel-collector-internal',
    'jaeger',
    'grafana',
    'alertmanager',
    'kube-state-metrics',
    'kubelet',
    'cadvisor',
  ]);
  expect(JSON.stringify(find(manifests, 'Deployment', 'otel-collector'))).not.toContain('serviceAccountToken');
  expect(stackFrom('janServer: null').outside).toEqual([]);
});

test('alertmanager off: no object, no job, no edge', () => {
  const off = 'alertmanager: {enabled: false}';
  const manifests = render(off);
  expect(arrows('').filter((edge) => edge.endsWith(' > alertmanager:9093'))).toEqual([
    'grafana > alertmanager:9093',
    'monitor-test > alertmanager:9093',
    'prometheus > alertmanager:9093',
    'kubelet > alertmanager:9093',
    'you, by kubectl port-forward > alertmanager:9093',
  ]);
  expect(arrows(off).filter((edge) => edge.includes('alertmanager'))).toEqual([]);
  expect(manifests.filter(({ metadata: { name } }) => name.includes('alertmanager'))).toEqual([]);
  expect(jobs(manifests)).not.toContain('alertmanager');
  expect(configFile(manifests, 'prometheus-config', 'prometheus.yaml').alerting).toBeUndefined();
});

test('kubeStateMetrics off: no object, no job, no edge', () => {
  const off = 'kubeStateMetrics: {enabled: false}';
  expect(jobs(render(off))).not.toContain('kube-state-metrics');
  expect(render(off).filter(({ metadata: { name } }) => name.includes('kube-state-metrics'))).toEqual([]);
  expect(arrows(off).filter((edge) => edge.includes('kube-state-metrics'))).toEqual([]);
});

test('kubelet off: no job, no rule for the nodes, no right outside namespaces', () => {
  const off = 'kubelet: {enabled: false}';
  const scoped = (text: string) => render(text).filter(({ kind }) => kind.startsWith('ClusterRole'));
  expect(scoped('').map(({ metadata: { name } }) => name)).toEqual(Array(2).fill('jan-monitoring-prometheus-kubelet'));
  expect(ports(policy(render(''), 'prometheus').egress)).toContain(10250);
  expect(scoped(off)).toEqual([]);
  expect(jobs(render(off))).not.toEqual(expect.arrayContaining(['kubelet']));
  expect(jobs(render(off))).not.toEqual(expect.arrayContaining(['cadvisor']));
  expect(ports(policy(render(off), 'prometheus').egress)).not.toContain(10250);
});

test('a single Alertmanager: no rules for gossip', () => {
  const gossip = (count: number) =>
    ports(policy(render(`alertmanager: {replicas: ${count}}`), 'alertmanager').egress).filter((port) => port === 9094);
  expect(gossip(2)).toHaveLength(2);
  expect(gossip(1)).toHaveLength(0);
});

test('a service that is removed: no rule for it', () => {
  const text = (names: string[]) =>
    `janServer: {services: [${names.map((name) => `{name: ${name}, port: 80${names.indexOf(name)}}`)}]}`;
  const rules = (names: string[]) => JSON.stringify(policy(render(text(names)), 'prometheus').egress);
  expect(rules(['a', 'b'])).toContain('"app.kubernetes.io/component":"b"');
  expect(rules(['a'])).not.toContain('"app.kubernetes.io/component":"b"');
});
