import type { Construct } from 'constructs';
import type { Image } from '../../config/images';
import type { Config } from '../../config/load';
import { bytes, mebibytes } from '../../config/units';
import { ComponentChart } from '../../lib/component-chart';
import { addConfigFiles, toYaml } from '../../lib/config-file';
import { API_TOKEN, claimMount, filesMount } from '../../lib/mount';
import type { Party } from '../../lib/topology';
import { Workload } from '../../lib/workload';
import { CLAIMS } from '../storage/chart';
import { collectorIdentity } from './endpoints';
import { QUEUE_PATH } from './exporters';
import { collectorConfig, type PipelineEnds } from './pipelines';

/** User of the Collector's image (opentelemetry-collector-releases, Dockerfile). */
const USER = 10001;
const CONFIG_PATH = '/etc/otelcol';

/** What the Collector's chart is made from. */
export interface CollectorProps extends PipelineEnds {
  readonly config: Config;
  readonly image: Image;
  /** Who sends OTLP. */
  readonly senders: readonly Party[];
}

/** The OpenTelemetry Collector: takes OTLP, enriches it, and hands spans to Jaeger and metrics to Prometheus. */
export class CollectorChart extends ComponentChart {
  constructor(scope: Construct, id: string, props: CollectorProps) {
    const { config, own, senders } = props;
    super(scope, id, config.namespace);
    const settings = collectorConfig(config, props);
    const configMap = addConfigFiles(this, 'otel-collector-config', { 'config.yaml': toYaml(settings) });
    for (const sender of senders) {
      own.otlpGrpc.allow(sender, 'OTLP');
      own.otlpHttp.allow(sender, 'OTLP');
    }
    const discovers = config.janServer !== null;
    new Workload(this, 'workload', {
      name: own.party.name,
      identity: collectorIdentity(config.namespace),
      image: props.image,
      ports: [own.otlpGrpc, own.otlpHttp, ...(own.metrics === null ? [] : [own.metrics]), own.selfMetrics],
      probes: { endpoint: own.health, readyPath: '/', livePath: '/', startSeconds: 120 },
      args: [`--config=${CONFIG_PATH}/config.yaml`],
      // The garbage collector works harder from 80 % of the limit on, before memory_limiter has to refuse data.
      env: { GOMEMLIMIT: mebibytes(bytes(config.collector.resources.memory) * 0.8) },
      user: USER,
      resources: config.collector.resources,
      mounts: [
        filesMount('config', CONFIG_PATH, [configMap]),
        claimMount('queue', QUEUE_PATH, CLAIMS.collector),
        ...(discovers ? [API_TOKEN] : []),
      ],
      restartOn: [configMap],
      stopSeconds: 60,
    });
  }
}
