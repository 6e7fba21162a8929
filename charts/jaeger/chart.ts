import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Image } from '../../config/images';
import type { Config } from '../../config/load';
import { bytes, mebibytes } from '../../config/units';
import { ComponentChart } from '../../lib/component-chart';
import { addConfigFiles, toJson } from '../../lib/config-file';
import { toCollectorYaml } from '../../lib/env-text';
import { claimMount, filesMount, scratchMount } from '../../lib/mount';
import type { Placement } from '../../lib/placement';
import { OPERATOR, type Party } from '../../lib/topology';
import { Workload } from '../../lib/workload';
import { kafkaMounts, kafkaSecretEnv } from '../collector/kafka';
import { CLAIMS } from '../storage/chart';
import type { JaegerRole } from './endpoints';
import { addIndexCleaner } from './index-cleaner';
import { type JaegerEnds, jaegerConfig, SAMPLING_PATH } from './server-config';
import { connectStore, DATA_PATH, storeMounts, storeSecretEnv } from './store';

/** User of Jaeger's image (jaegertracing/jaeger, cmd/jaeger/Dockerfile). */
const USER = 10001;
const CONFIG_PATH = '/etc/jaeger/config';

/** What Jaeger's chart is made from. */
export interface JaegerProps extends JaegerEnds {
  readonly config: Config;
  readonly image: Image;
  readonly cleanerImage: Image;
  readonly placement: Placement;
  /** Whose SDKs ask for sampling strategies. */
  readonly samplers: readonly Party[];
}

/** Jaeger v2: stores spans, and serves the UI, the Monitor tab and sampling strategies. One program with badger, else two. */
export class JaegerChart extends ComponentChart {
  constructor(scope: Construct, id: string, props: JaegerProps) {
    const { config, own, topology } = props;
    super(scope, id, config.namespace);
    const sampling = this.#sampling(props);
    own.query.allow(OPERATOR, 'UI');
    for (const role of own.roles) {
      connectStore(topology, role.party, config.jaeger.store);
      this.#role(props, role, role === own.writer ? sampling : []);
    }
    const { store } = config.jaeger;
    if (store.type === 'opensearch' || store.type === 'elasticsearch') addIndexCleaner(this, props, store);
  }

  #role(props: JaegerProps, role: JaegerRole, sampling: readonly ApiObject[]): void {
    const { config, own, placement, image } = props;
    const { jaeger } = config;
    const writes = role === own.writer;
    const { name } = role.party;
    const settings = addConfigFiles(this, `${name}-config`, {
      'config.yaml': toCollectorYaml(jaegerConfig(config, props, role)),
    });
    const resources = writes ? jaeger.resources : jaeger.query.resources;
    const otlp = writes && own.otlp !== null ? [own.otlp] : [];
    new Workload(this, writes ? 'workload' : 'query', {
      name,
      identity: role.identity,
      placement,
      image,
      replicas: writes ? jaeger.replicas : jaeger.query.replicas,
      ports: [
        ...otlp,
        ...(role === own.reader ? [own.query] : []),
        role.selfMetrics,
        ...(writes && own.sampling !== null ? [own.sampling.http, own.sampling.grpc] : []),
      ],
      ...(otlp.length > 0 && jaeger.store.type !== 'badger' && { headless: { ports: otlp, notReady: false } }),
      probes: { endpoint: role.health, readyPath: '/status', livePath: '/status', startSeconds: 600 },
      args: [`--config=${CONFIG_PATH}/config.yaml`],
      env: {
        GOMEMLIMIT: mebibytes(bytes(resources.memory) * 0.8),
        // By default the query service sends its own traces to localhost:4317, its own receiver or a closed port (internal/jtracer).
        OTEL_TRACES_SAMPLER: 'always_off',
      },
      secretEnv: { ...storeSecretEnv(jaeger.store), ...(writes && kafkaSecretEnv(jaeger.kafka)) },
      user: USER,
      resources,
      mounts: [
        filesMount('config', CONFIG_PATH, [settings]),
        ...(jaeger.store.type === 'badger' ? [claimMount('data', DATA_PATH, CLAIMS.jaeger)] : []),
        scratchMount('tmp', '/tmp', 64),
        ...sampling.map((files) => filesMount('sampling', SAMPLING_PATH, [files])),
        ...storeMounts(jaeger.store),
        ...(writes ? kafkaMounts(jaeger.kafka) : []),
      ],
      restartOn: [settings, ...sampling],
      stopSeconds: 60,
    });
  }

  /** The strategies file, and who asks for it. */
  #sampling({ config, own, samplers }: JaegerProps): ApiObject[] {
    if (own.sampling === null) return [];
    for (const sampler of samplers) {
      own.sampling.http.allow(sampler, 'sampling strategies');
      own.sampling.grpc.allow(sampler, 'sampling strategies');
    }
    return [addConfigFiles(this, 'jaeger-sampling', { 'strategies.json': toJson(config.samplingStrategies) })];
  }
}
