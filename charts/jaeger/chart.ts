import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Image } from '../../config/images';
import type { Config } from '../../config/load';
import { bytes, mebibytes } from '../../config/units';
import { ComponentChart } from '../../lib/component-chart';
import { addConfigFiles, toJson, toYaml } from '../../lib/config-file';
import { claimMount, filesMount, scratchMount } from '../../lib/mount';
import { OPERATOR, type Party } from '../../lib/topology';
import { Workload } from '../../lib/workload';
import { CLAIMS } from '../storage/chart';
import { jaegerIdentity } from './endpoints';
import { DATA_PATH, type JaegerEnds, jaegerConfig, SAMPLING_PATH } from './server-config';

/** User of Jaeger's image (jaegertracing/jaeger, cmd/jaeger/Dockerfile). */
const USER = 10001;
const CONFIG_PATH = '/etc/jaeger/config';

/** What Jaeger's chart is made from. */
export interface JaegerProps extends JaegerEnds {
  readonly config: Config;
  readonly image: Image;
  /** Whose SDKs ask for sampling strategies. */
  readonly samplers: readonly Party[];
}

/** Jaeger v2: stores spans in badger on a claim, and serves the UI, the Monitor tab and sampling strategies. */
export class JaegerChart extends ComponentChart {
  constructor(scope: Construct, id: string, props: JaegerProps) {
    const { config, own } = props;
    super(scope, id, config.namespace);
    const settings = addConfigFiles(this, 'jaeger-config', { 'config.yaml': toYaml(jaegerConfig(config, props)) });
    const sampling = this.#sampling(props);
    own.query.allow(OPERATOR, 'UI');
    new Workload(this, 'workload', {
      name: own.party.name,
      identity: jaegerIdentity(config.namespace),
      image: props.image,
      ports: [
        own.otlp,
        own.query,
        own.selfMetrics,
        ...(own.sampling === null ? [] : [own.sampling.http, own.sampling.grpc]),
      ],
      probes: { endpoint: own.health, readyPath: '/status', livePath: '/status', startSeconds: 600 },
      args: [`--config=${CONFIG_PATH}/config.yaml`],
      env: { GOMEMLIMIT: mebibytes(bytes(config.jaeger.resources.memory) * 0.8) },
      user: USER,
      resources: config.jaeger.resources,
      mounts: [
        filesMount('config', CONFIG_PATH, [settings]),
        claimMount('data', DATA_PATH, CLAIMS.jaeger),
        scratchMount('tmp', '/tmp', 64),
        ...sampling.map((files) => filesMount('sampling', SAMPLING_PATH, [files])),
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
