import type { Construct } from 'constructs';
import type { Image } from '../../config/images';
import type { Config } from '../../config/load';
import { bytes, mebibytes } from '../../config/units';
import { ComponentChart } from '../../lib/component-chart';
import { addConfigFiles } from '../../lib/config-file';
import { toCollectorYaml } from '../../lib/env-text';
import { API_TOKEN, filesMount, stateMount } from '../../lib/mount';
import type { Placement } from '../../lib/placement';
import type { Party } from '../../lib/topology';
import { Workload } from '../../lib/workload';
import { CLAIMS, classOf } from '../storage/chart';
import { collectorIdentity } from './endpoints';
import { QUEUE_PATH } from './exporters';
import { kafkaMounts, kafkaSecretEnv } from './kafka';
import { storeMounts } from './metric-stores';
import { collectorConfig, type PipelineEnds } from './pipelines';
import { privacySecretEnv } from './privacy';

/** User of the Collector's image (opentelemetry-collector-releases, Dockerfile). */
const USER = 10001;
const CONFIG_PATH = '/etc/otelcol';

/** What the Collector's chart is made from. */
export interface CollectorProps extends PipelineEnds {
  readonly config: Config;
  readonly image: Image;
  readonly placement: Placement;
  /** Who sends OTLP. */
  readonly senders: readonly Party[];
}

/** The OpenTelemetry Collector: takes OTLP, enriches it, and hands spans to Jaeger and metrics to Prometheus. */
export class CollectorChart extends ComponentChart {
  constructor(scope: Construct, id: string, props: CollectorProps) {
    const { config, own, senders } = props;
    super(scope, id, config.namespace);
    const settings = collectorConfig(config, props);
    const configMap = addConfigFiles(this, 'otel-collector-config', { 'config.yaml': toCollectorYaml(settings) });
    for (const sender of senders) {
      own.otlpGrpc.allow(sender, 'OTLP');
      own.otlpHttp.allow(sender, 'OTLP');
    }
    const discovers = config.janServer !== null;
    const { replicas, queue } = config.collector;
    const { kafka } = config.jaeger;
    new Workload(this, 'workload', {
      name: own.party.name,
      identity: collectorIdentity(config.namespace),
      placement: props.placement,
      image: props.image,
      replicas,
      ports: [own.otlpGrpc, own.otlpHttp, ...(own.metrics === null ? [] : [own.metrics]), own.selfMetrics],
      probes: { endpoint: own.health, readyPath: '/', livePath: '/', startSeconds: 120 },
      args: [`--config=${CONFIG_PATH}/config.yaml`],
      // The garbage collector works harder from 80 % of the limit on, before memory_limiter has to refuse data.
      env: { GOMEMLIMIT: mebibytes(bytes(config.collector.resources.memory) * 0.8) },
      secretEnv: { ...kafkaSecretEnv(kafka), ...privacySecretEnv(config.collector) },
      user: USER,
      resources: config.collector.resources,
      mounts: [
        filesMount('config', CONFIG_PATH, [configMap]),
        stateMount(replicas, 'queue', QUEUE_PATH, CLAIMS.collector, {
          size: queue.storage,
          className: classOf(config),
        }),
        ...(discovers ? [API_TOKEN] : []),
        ...storeMounts(config.collector),
        ...kafkaMounts(kafka),
      ],
      restartOn: [configMap],
      stopSeconds: 60,
    });
  }
}
