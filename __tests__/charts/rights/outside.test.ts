/** Rights in namespaces that are not ours: one folder each, and no right twice. */
import { manifestsOf } from '../../../stack/checks/manifest';
import { stackFrom } from '../../support';

const rights = (text: string) =>
  stackFrom(text).outside.map(({ namespace, app }) => [
    namespace,
    app.outdir,
    ...manifestsOf([app]).flatMap(({ kind, metadata }) => (kind === 'Role' ? [metadata.name] : [])),
  ]);
const MODELS = 'vllm: {namespace: models, podLabels: {a: b}}\ngpu: {namespace: models, podLabels: {c: d}}\n';

test('each namespace has one folder, named after the first key that mentions it', () => {
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

test('a right that includes another replaces it, and what is off has none', () => {
  const beside = 'vllm: {namespace: jan-server, podLabels: {a: b}}\nkubeStateMetrics: {enabled: false}\n';
  expect(rights(beside)).toEqual([
    ['jan-server', 'unused/jan-server', 'jan-monitoring-prometheus-discovery', 'jan-monitoring-otel-collector-pods'],
  ]);
  expect(rights(`${beside}janServer: {discovery: static}`)).toEqual([
    ['jan-server', 'unused/jan-server', 'jan-monitoring-prometheus-pods', 'jan-monitoring-otel-collector-pods'],
  ]);
  expect(rights('janServer: null')).toEqual([]);
});
