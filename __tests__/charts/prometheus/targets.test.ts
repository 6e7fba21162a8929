/** Scrape jobs besides the four programs: what targets are found by, which labels they get, and what is kept of them. */
import { configFile, render } from '../../support';

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

test('kubelet and cAdvisor series are kept if the catalogue has them and their namespace is watched', () => {
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
