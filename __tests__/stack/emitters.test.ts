/** Which programs emit metrics in an environment. */
import { EMITTERS } from '../../metrics/emitters';
import { emittersOf } from '../../stack/emitters';
import { configFrom } from '../support';

test('emitters follow the switches of their programs', () => {
  const emitters = (text: string) => emittersOf(configFrom(text));
  const optional = ['alertmanager', 'kubeStateMetrics', 'kubelet', 'cadvisor', 'nodeExporter', 'vllm', 'dcgm'] as const;
  const on =
    'nodeExporter: {enabled: true}\nvllm: {namespace: m, podLabels: {a: b}}\ngpu: {namespace: m, podLabels: {a: b}}';
  const off = 'alertmanager: {enabled: false}\nkubeStateMetrics: {enabled: false}\nkubelet: {enabled: false}';
  expect(optional.filter((name) => emitters(on).has(EMITTERS[name]))).toEqual(optional);
  expect(optional.filter((name) => emitters(off).has(EMITTERS[name]))).toEqual([]);
});
