/** The catalogue: every metric that is known. */
import type { Metric } from '../../promql/metric';
import * as alertmanager from './alertmanager';
import * as cadvisor from './cadvisor';
import * as collector from './collector';
import * as dcgm from './dcgm';
import { goRuntime, metricsHandler, processOf } from './go-runtime';
import * as grafana from './grafana';
import * as jaeger from './jaeger';
import * as janServer from './jan-server';
import * as kubeStateMetrics from './kube-state-metrics';
import * as jobs from './kube-state-metrics-jobs';
import * as pods from './kube-state-metrics-pods';
import * as kubelet from './kubelet';
import * as nodeExporter from './node-exporter';
import * as nodeIo from './node-exporter-io';
import * as prometheus from './prometheus';
import * as remoteWrite from './prometheus-remote-write';
import * as prometheusRuntime from './prometheus-runtime';
import * as prometheusScrape from './prometheus-scrape';
import * as tsdb from './prometheus-tsdb';
import * as scrape from './scrape';
import * as sdk from './sdk';
import * as spans from './spans';
import * as vllm from './vllm';

/** Programs that are instrumented with Prometheus' Go library, and serve /metrics with its handler. */
const IN_GO = (['prometheus', 'alertmanager', 'grafana', 'nodeExporter'] as const).flatMap((emitter) => [
  ...goRuntime(emitter),
  ...processOf(emitter),
  ...metricsHandler(emitter),
]);

/** Every metric that is known, by emitter. */
export const METRICS: readonly Metric[] = [
  ...[scrape, prometheus, prometheusScrape, tsdb, remoteWrite, prometheusRuntime],
  ...[collector, spans, sdk, jaeger, grafana, alertmanager],
  ...[kubeStateMetrics, pods, jobs, kubelet, cadvisor, nodeExporter, nodeIo],
  ...[janServer, vllm, dcgm],
]
  .flatMap((file) => Object.values(file).flat())
  .concat(IN_GO);
