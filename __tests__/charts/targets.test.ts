/** Targets besides the four programs: what they are found by, what labels they get, and who has which right for it. */

import { EMITTERS } from '../../metrics/emitters';
import { manifestsOf } from '../../stack/checks/manifest';
import { emittersOf } from '../../stack/emitters';
import { configFile, configFrom, render, stackFrom } from '../support';

interface Job {
  readonly job_name: string;
  readonly kubernetes_sd_configs: readonly Readonly<Record<string, unknown>>[];
  readonly relabel_configs: readonly Readonly<Record<string, unknown>>[];
  readonly metric_relabel_configs?: readonly { readonly source_labels: readonly string[]; readonly regex: string }[];
}
const job = (text: string, name: string): Job => {
  const { scrape_configs } = configFile<{ scrape_configs: Job[] }>(
    render(text),
    'prometheus-config',
    'prometheus.yaml',
  );
  const found = scrape_configs.find(({ job_name }) => job_name === name);
  if (found === undefined) throw new Error(`no job ${name}`);
  return found;
};
const targetLabels = ({ relabel_configs }: Job) =>
  relabel_configs.flatMap(({ target_label }) => (target_label === undefined ? [] : [target_label]));

const POD = ['namespace', 'pod'];

test.each([
  ['otel-collector-internal', '', POD],
  ['jaeger', '', POD],
  ['grafana', '', POD],
  ['alertmanager', '', POD],
  // Their series are about others.
  ['otel-collector', '', []],
  ['kube-state-metrics', '', []],
  ['kubelet', '', ['node']],
  ['cadvisor', '', ['node']],
  ['node-exporter', 'nodeExporter: {enabled: true}', [...POD, 'node']],
  ['vllm', 'vllm: {namespace: models, podLabels: {app: vllm}}', ['__address__', ...POD]],
  ['dcgm-exporter', 'gpu: {namespace: models, podLabels: {app: dcgm}}', ['__address__', ...POD]],
])('%s gets the labels of its target', (name, text, labels) => {
  expect(targetLabels(job(text, name))).toEqual(labels);
});

test('of kubelets only what the catalogue knows is kept, of the namespaces that are watched', () => {
  for (const name of ['kubelet', 'cadvisor']) {
    const [byName, byNamespace] = job('', name).metric_relabel_configs ?? [];
    expect(byNamespace).toEqual({
      source_labels: ['namespace'],
      regex: '|jan-monitoring|jan-server',
      action: 'keep',
    });
    const kept = new RegExp(`^(?:${byName?.regex})$`);
    expect(kept.test('rest_client_requests_total')).toBe(false);
    expect(kept.test('container_tasks_state')).toBe(false);
  }
  const volumes = new RegExp(`^(?:${job('', 'kubelet').metric_relabel_configs?.[0]?.regex})$`);
  expect(volumes.test('kubelet_volume_stats_available_bytes')).toBe(true);
});

test('model servers are found by their labels, at the port that is given', () => {
  const vllm = job('vllm: {namespace: models, podLabels: {app: vllm, tier: gpu}, port: 8001}', 'vllm');
  expect(vllm.kubernetes_sd_configs).toEqual([
    { role: 'pod', namespaces: { names: ['models'] }, selectors: [{ role: 'pod', label: 'app=vllm,tier=gpu' }] },
  ]);
  expect(vllm.relabel_configs).toContainEqual({
    source_labels: ['__meta_kubernetes_pod_ip'],
    target_label: '__address__',
    replacement: '$1:8001',
  });
});

describe('rights in namespaces of others', () => {
  const rights = (text: string) =>
    stackFrom(text).outside.map(({ namespace, app }) => [
      namespace,
      app.outdir,
      ...manifestsOf([app]).flatMap(({ kind, metadata }) => (kind === 'Role' ? [metadata.name] : [])),
    ]);
  const MODELS = 'vllm: {namespace: models, podLabels: {a: b}}\ngpu: {namespace: models, podLabels: {c: d}}\n';

  test('each namespace has one folder, under the first key that names it', () => {
    expect(rights(MODELS)).toEqual([
      [
        'jan-server',
        'unused/jan-server',
        'jan-monitoring-prometheus-discovery',
        'jan-monitoring-otel-collector-pods',
        'jan-monitoring-kube-state-metrics-objects',
      ],
      ['models', 'unused/vllm', 'jan-monitoring-prometheus-pods'],
    ]);
  });

  test('a right that holds another is enough, and none is given for what is off', () => {
    const beside = 'vllm: {namespace: jan-server, podLabels: {a: b}}\nkubeStateMetrics: {enabled: false}\n';
    expect(rights(beside)).toEqual([
      ['jan-server', 'unused/jan-server', 'jan-monitoring-prometheus-discovery', 'jan-monitoring-otel-collector-pods'],
    ]);
    expect(rights(`${beside}janServer: {discovery: static}`)).toEqual([
      ['jan-server', 'unused/jan-server', 'jan-monitoring-prometheus-pods', 'jan-monitoring-otel-collector-pods'],
    ]);
    expect(rights('janServer: null')).toEqual([]);
  });
});

test('who emits follows the switches', () => {
  const emitters = (text: string) => emittersOf(configFrom(text));
  const optional = ['alertmanager', 'kubeStateMetrics', 'kubelet', 'cadvisor', 'nodeExporter', 'vllm', 'dcgm'] as const;
  const on =
    'nodeExporter: {enabled: true}\nvllm: {namespace: m, podLabels: {a: b}}\ngpu: {namespace: m, podLabels: {a: b}}';
  const off = 'alertmanager: {enabled: false}\nkubeStateMetrics: {enabled: false}\nkubelet: {enabled: false}';
  expect(optional.filter((name) => emitters(on).has(EMITTERS[name]))).toEqual(optional);
  expect(optional.filter((name) => emitters(off).has(EMITTERS[name]))).toEqual([]);
});

test('Grafana asks the store in place of Prometheus, with credentials in files', () => {
  interface Source {
    readonly uid: string;
    readonly url: string;
    readonly basicAuthUser?: string;
    readonly jsonData: Readonly<Record<string, unknown>>;
    readonly secureJsonData?: Readonly<Record<string, string>>;
  }
  const source = (query: string) =>
    configFile<{ datasources: Source[] }>(
      render(`prometheus: {query: ${query}}`),
      'grafana-datasources',
      'datasources.yaml',
    ).datasources.find(({ uid }) => uid === 'prometheus');
  expect(source('null')?.url).toBe('http://prometheus:9090');
  const url = "url: 'https://store.example.com/prometheus'";
  expect(source(`{${url}, basicAuth: {username: jan, passwordSecret: {name: s, key: k}}}`)).toMatchObject({
    url: 'https://store.example.com/prometheus',
    basicAuthUser: 'jan',
    secureJsonData: { basicAuthPassword: '$__file{/etc/grafana/secrets/prometheus/k}' },
  });
  const token = source(`{${url}, headers: {X-Scope-OrgID: jan}, bearerTokenSecret: {name: s, key: k}}`);
  expect(token?.jsonData).toMatchObject({ httpHeaderName1: 'X-Scope-OrgID', httpHeaderName2: 'Authorization' });
  expect(token?.secureJsonData).toMatchObject({
    httpHeaderValue1: 'jan',
    httpHeaderValue2: 'Bearer $__file{/etc/grafana/secrets/prometheus/k}',
  });
});
