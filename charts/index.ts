/** The components of a stack, one on each line. Everything that is listed by component is derived from this list. */
import { alertmanager } from './alertmanager';
import { backup } from './backup';
import { collector } from './collector';
import { gpu } from './gpu';
import { grafana } from './grafana';
import { jaeger } from './jaeger';
import { janServer } from './jan-server';
import { kubeStateMetrics } from './kube-state-metrics';
import { kubelet } from './kubelet';
import { nodeExporter } from './node-exporter';
import { prometheus } from './prometheus';
import { smokeTest } from './smoke';
import { vllm } from './vllm';

/** The components, by their key of the environment file. */
export const COMPONENTS = {
  janServer,
  collector,
  prometheus,
  alertmanager,
  jaeger,
  grafana,
  vllm,
  gpu,
  kubeStateMetrics,
  kubelet,
  nodeExporter,
  smokeTest,
  backup,
} as const;
