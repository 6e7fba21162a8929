import type { Construct } from 'constructs';
import type { Image } from '../../config/images';
import type { Config } from '../../config/load';
import { bytes, goDuration, mebibytes } from '../../config/units';
import { ComponentChart } from '../../lib/component-chart';
import { addConfigFiles, toYaml } from '../../lib/config-file';
import { env, envText, type TextPart } from '../../lib/env-text';
import { filesMount, stateMount } from '../../lib/mount';
import type { Placement } from '../../lib/placement';
import { OPERATOR, type Topology } from '../../lib/topology';
import { Workload } from '../../lib/workload';
import { CLAIMS, classOf } from '../storage/chart';
import { type AlertmanagerEndpoints, alertmanagerIdentity } from './endpoints';
import { INHIBIT_RULES } from './inhibition';
import { connectReceivers, receiverMounts, receiversConfig } from './receivers';
import { routeConfig } from './routes';

/** User `nobody` of the image's busybox (prometheus/alertmanager, Dockerfile). */
const USER = 65534;
const CONFIG_PATH = '/etc/alertmanager/config';
const DATA_PATH = '/alertmanager';

/** What Alertmanager's chart is made from. */
export interface AlertmanagerProps {
  readonly config: Config;
  readonly image: Image;
  readonly placement: Placement;
  readonly topology: Topology;
  readonly own: AlertmanagerEndpoints;
}

/** Alertmanager: silences and the log of what was told are on a claim. Several of them agree by gossip on who tells. */
export class AlertmanagerChart extends ComponentChart {
  constructor(scope: Construct, id: string, { config, image, placement, topology, own }: AlertmanagerProps) {
    super(scope, id, config.namespace);
    const { alertmanager } = config;
    const { replicas, storage, resources } = alertmanager;
    const settings = addConfigFiles(this, 'alertmanager-config', {
      'alertmanager.yaml': toYaml({
        route: routeConfig(alertmanager),
        inhibit_rules: INHIBIT_RULES,
        receivers: receiversConfig(alertmanager),
      }),
    });
    own.http.allow(OPERATOR, 'UI');
    connectReceivers(topology, own.party, alertmanager);
    const each = { size: storage, className: classOf(config) };
    new Workload(this, 'workload', {
      name: own.party.name,
      identity: alertmanagerIdentity(config.namespace),
      placement,
      image,
      replicas,
      ports: [own.http],
      ...(own.gossip !== null && { headless: { ports: [own.gossip.tcp, own.gossip.udp], notReady: true } }),
      probes: { endpoint: own.http, readyPath: '/-/ready', livePath: '/-/healthy', startSeconds: 120 },
      args: flags(config, own),
      env: { GOMEMLIMIT: mebibytes(bytes(resources.memory) * 0.8) },
      user: USER,
      resources,
      mounts: [
        filesMount('config', CONFIG_PATH, [settings]),
        stateMount(replicas, 'data', DATA_PATH, CLAIMS.alertmanager, each),
        ...receiverMounts(alertmanager),
      ],
      // It reads its file again only when it is told to.
      restartOn: [settings],
      stopSeconds: 30,
    });
  }
}

const flags = ({ namespace, alertmanager }: Config, own: AlertmanagerEndpoints): TextPart[] => [
  `--config.file=${CONFIG_PATH}/alertmanager.yaml`,
  `--storage.path=${DATA_PATH}`,
  `--data.retention=${goDuration(alertmanager.retention)}`,
  `--web.external-url=${alertmanager.externalUrl}`,
  // The path of that address is for whoever stands in front of it: probes and Prometheus know none.
  '--web.route-prefix=/',
  ...clusterFlags(namespace, alertmanager.replicas, own),
];

/**
 * Every pod by its own name, so that a pod which starts alone finds the others. A pod that comes back has another address, so one
 * that has gone is given up after minutes, not after the default of six hours.
 */
function clusterFlags(namespace: string, replicas: number, { party, gossip }: AlertmanagerEndpoints): TextPart[] {
  if (gossip === null) return ['--cluster.listen-address='];
  gossip.udp.allow(party, 'gossip');
  const peers = Array.from({ length: replicas }, (_, index) => gossip.tcp.podAddressFor(party, index, 'gossip'));
  return [
    envText`--cluster.listen-address=${env('POD_IP')}:${gossip.tcp.port}`,
    `--cluster.label=${namespace}`,
    '--cluster.reconnect-timeout=5m',
    ...peers.map((peer) => `--cluster.peer=${peer}`),
  ];
}
