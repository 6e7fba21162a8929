import { env, envText, type TextPart } from '../../lib/env-text';
import { type Identity, labelSelector, selectorLabels } from '../../lib/labels';
import type { Mount } from '../../lib/mount';
import type { ComponentParty } from '../../lib/parties';
import { addServiceAccount } from '../../lib/service-account';
import type { StackContext } from '../common/context';
import { limitGoMemory } from '../common/go-memory';
import { identityOf, PartChart } from '../common/part-chart';
import { copy, POD_LABELS, RUNNING } from '../common/relabel';
import { addRole, PODS } from '../common/roles';
import type { ScrapeJob } from '../common/scrape-jobs';
import { NamespaceChart } from '../namespace/chart';
import { prometheus } from '../prometheus';
import { addDaemonSet, PORT } from './daemon-set';
import type { NodeExporterSettings } from './schema';

/** User `nobody` of the image's busybox (prometheus/node_exporter, Dockerfile). */
const USER = 65534;
const NAME = 'node-exporter';

/** The collectors that are enabled: those of the metrics in the catalogue. The others need root, or are not used here. */
const COLLECTORS = [
  ...['cpu', 'diskstats', 'filefd', 'filesystem', 'loadavg', 'meminfo', 'netclass', 'netdev', 'netstat'],
  ...['os', 'pressure', 'sockstat', 'softnet', 'stat', 'textfile', 'time', 'timex', 'uname', 'vmstat'],
];

/** Mount points of pods and containers, and file systems that are not on a disk. */
const NO_DISK =
  '^/(dev|proc|sys|run/(credentials|k3s|containerd)/.+|var/lib/(docker|containerd|containers|kubelet/pods)/.+)($|/)';
/** Network interfaces of pods. */
const NO_NETWORK = '^(veth|cali|lxc|cni|eni|azv|gke).*$';

/** The folders of the node that node-exporter reads. */
const ROOT = '/host/root';
const SYS = '/host/sys';
const host = (name: string, path: string, from: string): Mount => ({
  name,
  path,
  source: { hostPath: { path: from, type: 'Directory' } },
  readOnly: true,
});

/**
 * node-exporter on every node, in a separate namespace: the `restricted` level forbids what it needs, which is read access to the node's
 * network, processes and folders.
 */
export class NodeExporter extends PartChart {
  readonly #identity: Identity;

  constructor(
    context: StackContext,
    readonly settings: NodeExporterSettings,
  ) {
    super(context, '80-node-exporter', settings.namespace);
    this.#identity = identityOf(context, NAME, 'exporter');
  }

  /** The node-exporter of each node. No policy selects its pods, which are in the host network. */
  scrapeJobs(client: ComponentParty): readonly ScrapeJob[] {
    const { topology, nodes } = this.context;
    topology.connect({ client, server: nodes, port: PORT.port, protocol: 'TCP', purpose: 'scrape' });
    const label = labelSelector(selectorLabels(this.#identity));
    return [
      {
        job_name: NAME,
        kubernetes_sd_configs: [
          { role: 'pod', namespaces: { names: [this.settings.namespace] }, selectors: [{ role: 'pod', label }] },
        ],
        relabel_configs: [RUNNING, ...POD_LABELS, copy('__meta_kubernetes_pod_node_name', 'node')],
      },
    ];
  }

  render(): void {
    const { namespace, resources } = this.settings;
    const { context } = this;
    const keep = context.scope('keep');
    new NamespaceChart(keep, '01-node-exporter-namespace', namespace, 'privileged', context.namespace);
    const account = context.part(prometheus)?.account;
    if (account !== undefined) addRole(this, PODS, account);
    addServiceAccount(this, NAME);
    const pod = this.pod({
      // It is not an end of any connection: policies do not select pods in the host network.
      party: { kind: 'component', name: NAME, podLabels: selectorLabels(this.#identity) },
      identity: this.#identity,
      image: context.image('nodeExporter'),
      user: USER,
      resources,
      stopSeconds: 10,
    });
    limitGoMemory(pod);
    pod.args(...flags());
    for (const mount of [host('sys', SYS, '/sys'), host('root', ROOT, '/')]) pod.mount(mount);
    addDaemonSet(this, pod, '/');
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
