import type { Construct } from 'constructs';
import type { Image } from '../../config/images';
import type { Config } from '../../config/load';
import { bytes, mebibytes } from '../../config/units';
import { ComponentChart } from '../../lib/component-chart';
import { env, envText, type TextPart } from '../../lib/env-text';
import { addObject, k8s } from '../../lib/k8s';
import type { Identity } from '../../lib/labels';
import type { Mount } from '../../lib/mount';
import type { Placement } from '../../lib/placement';
import { type Account, addRole } from '../rights/roles';
import { addDaemonSet, PORT } from './daemon-set';

/** User `nobody` of the image's busybox (prometheus/node_exporter, Dockerfile). */
const USER = 65534;
const NAME = 'node-exporter';

/** What node-exporter is called in labels. */
export const nodeExporterIdentity = (instance: string): Identity => ({
  name: NAME,
  component: 'exporter',
  instance,
});

/** What is measured: all that the catalogue of metrics lists. Others need rights of root, or tell what is of no use here. */
const COLLECTORS = [
  ...['cpu', 'diskstats', 'filefd', 'filesystem', 'loadavg', 'meminfo', 'netclass', 'netdev', 'netstat'],
  ...['os', 'pressure', 'sockstat', 'softnet', 'stat', 'textfile', 'time', 'timex', 'uname', 'vmstat'],
];

/** Mounts of single pods and containers, and of what is no disk. */
const NO_DISK =
  '^/(dev|proc|sys|run/(credentials|k3s|containerd)/.+|var/lib/(docker|containerd|containers|kubelet/pods)/.+)($|/)';
/** Ends of the networks of single pods. */
const NO_NETWORK = '^(veth|cali|lxc|cni|eni|azv|gke).*$';

/** The folders of the node that it reads. */
const ROOT = '/host/root';
const SYS = '/host/sys';
const host = (name: string, path: string, from: string): Mount => ({
  name,
  path,
  source: { hostPath: { path: from, type: 'Directory' } },
  readOnly: true,
});

/** What the chart of node-exporter is made from. */
export interface NodeExporterProps {
  readonly config: Config;
  readonly image: Image;
  readonly placement: Placement;
  /** Who finds its pods. */
  readonly prometheus: Account;
}

/**
 * node-exporter on every node, in a namespace of its own: the `restricted` level forbids what it needs, which is the node's
 * network, its processes and its folders, all of them to read only.
 */
export class NodeExporterChart extends ComponentChart {
  constructor(scope: Construct, id: string, { config, image, placement, prometheus }: NodeExporterProps) {
    const { nodeExporter, namespace } = config;
    super(scope, id, nodeExporter.namespace, namespace);
    addRole(this, 'pods', prometheus);
    addObject(this, 'service-account', k8s.KubeServiceAccount, {
      metadata: { name: NAME },
      automountServiceAccountToken: false,
    });
    const props = {
      name: NAME,
      identity: nodeExporterIdentity(namespace),
      placement,
      image,
      args: flags(),
      env: { GOMEMLIMIT: mebibytes(bytes(nodeExporter.resources.memory) * 0.8) },
      user: USER,
      resources: nodeExporter.resources,
      mounts: [host('sys', SYS, '/sys'), host('root', ROOT, '/')],
      stopSeconds: 10,
    };
    addDaemonSet(this, props, '/');
  }
}

const flags = (): TextPart[] => [
  // The pod's address is the node's.
  envText`--web.listen-address=${env('POD_IP')}:${PORT.port}`,
  `--path.sysfs=${SYS}`,
  `--path.rootfs=${ROOT}`,
  '--path.udev.data=/host/root/run/udev/data',
  '--collector.disable-defaults',
  ...COLLECTORS.map((collector) => `--collector.${collector}`),
  `--collector.filesystem.mount-points-exclude=${NO_DISK}`,
  `--collector.netdev.device-exclude=${NO_NETWORK}`,
  `--collector.netclass.ignored-devices=${NO_NETWORK}`,
];
