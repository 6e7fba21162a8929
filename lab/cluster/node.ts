/** One node: containerd with a bridge network, the kubelet, kube-proxy. Linux and root. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { programPath } from '../cache';
import { ask, must, until } from '../commands';
import { PAUSE } from './images';
import type { State } from './processes';

/** The bridge's address: the node's, since the kubelet refuses loopback. */
export const NODE_ADDRESS = '10.213.0.1';
const POD_NETWORK = '10.213.0.0/16';
const BRIDGE = 'cdk8s-lab0';

/** Address of the cluster's DNS Service. */
export const DNS_ADDRESS = '10.214.0.10';

/** containerd's socket: short, because a path of a socket ends at 108 bytes. */
const RUN = '/run/cdk8s-lab';
export const SOCKET = `${RUN}/containerd.sock`;

const network = {
  cniVersion: '0.4.0',
  name: 'lab',
  plugins: [
    {
      type: 'bridge',
      bridge: BRIDGE,
      isGateway: true,
      ipMasq: true,
      hairpinMode: true,
      ipam: {
        type: 'host-local',
        dataDir: `${RUN}/addresses`,
        ranges: [[{ subnet: POD_NETWORK, rangeStart: '10.213.0.10' }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
};

const containerd = (state: State) => `version = 2
root = "${state.path('containerd')}"
state = "${RUN}/state"
[grpc]
  address = "${SOCKET}"
[plugins."io.containerd.grpc.v1.cri"]
  # Without CAP_SYS_RESOURCE, runc cannot lower the score and dies.
  restrict_oom_score_adj = true
  sandbox_image = "${PAUSE}"
  enable_unprivileged_ports = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${state.path('cni')}"
`;

const kubelet = (state: State) => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: state.path('pki/ca.crt') },
  },
  authorization: { mode: 'Webhook' },
  cgroupDriver: 'cgroupfs',
  failSwapOn: false,
  failCgroupV1: false,
  clusterDNS: [DNS_ADDRESS],
  clusterDomain: 'cluster.local',
  containerRuntimeEndpoint: `unix://${SOCKET}`,
  evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
  // No image can be pulled again.
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  tlsCertFile: state.path('pki/node.crt'),
  tlsPrivateKeyFile: state.path('pki/node.key'),
});

/** The bridge must be there before the kubelet, which binds its address. */
export async function startNetwork(): Promise<void> {
  const routes = await must('ip', ['route', 'show', POD_NETWORK]);
  if (routes !== '')
    throw new Error(`${POD_NETWORK}, the lab's pod network, is in use on this machine: ${routes.trim()}`);
  await must('ip', ['link', 'add', BRIDGE, 'type', 'bridge']);
  await must('ip', ['addr', 'add', `${NODE_ADDRESS}/16`, 'dev', BRIDGE]);
  await must('ip', ['link', 'set', BRIDGE, 'up']);
  await must('sysctl', ['-qw', 'net.ipv4.ip_forward=1']);
  await must('iptables', ['-P', 'FORWARD', 'ACCEPT']);
}

/** Starts containerd, and waits until it answers. */
export async function startContainerd(state: State): Promise<void> {
  mkdirSync(state.path('cni'), { recursive: true });
  mkdirSync(RUN, { recursive: true });
  writeFileSync(state.path('cni/10-lab.conflist'), JSON.stringify(network));
  writeFileSync(state.path('containerd.toml'), containerd(state));
  state.start('containerd', 'containerd', ['-c', 'containerd.toml']);
  await until(async () => (await ask('ctr', ['-a', SOCKET, 'version'])).code === 0, 'containerd to answer', 30);
}

/** Starts the kubelet and kube-proxy. */
export function startNode(state: State): void {
  writeFileSync(state.path('kubelet.yaml'), stringify(kubelet(state)));
  state.start('kubelet', programPath('kubelet'), [
    '--config=kubelet.yaml',
    '--kubeconfig=pki/node.conf',
    '--hostname-override=node1',
    `--node-ip=${NODE_ADDRESS}`,
    `--root-dir=${state.path('kubelet')}`,
  ]);
  state.start('kube-proxy', programPath('kube-proxy'), [
    '--kubeconfig=pki/proxy.conf',
    '--hostname-override=node1',
    `--cluster-cidr=${POD_NETWORK}`,
    '--proxy-mode=iptables',
  ]);
}

/** Ends every container that our containerd started, also those of a run that was killed, and unmounts what they left. */
export async function endContainers(state: State): Promise<void> {
  const parents = processes();
  const shims = [...parents.keys()].filter((pid) => commandLine(pid).includes(SOCKET));
  const below = (pid: number): number[] =>
    [...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => [...below(child), child]);
  for (const pid of shims.flatMap((shim) => [...below(shim), shim])) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
  const mounted = () =>
    readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' ')[1] ?? '')
      .filter((path) => path.startsWith(`${state.folder}/`) || path.startsWith(`${RUN}/`));
  for (const path of mounted().sort().reverse()) await ask('umount', ['-l', path]);
  await ask('sh', ['-c', `ip -o link show master ${BRIDGE} | cut -d: -f2 | cut -d@ -f1 | xargs -r -n1 ip link del`]);
  rmSync(RUN, { recursive: true, force: true });
}

/** Takes away the bridge and what kube-proxy and the network plugins wrote into iptables. */
export async function endNetwork(): Promise<void> {
  await ask(programPath('kube-proxy'), ['--cleanup']);
  await ask('ip', ['link', 'del', BRIDGE]);
}

/** Every process, to its parent. */
function processes(): ReadonlyMap<number, number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(
    pids.flatMap((pid): [number, number][] => {
      const file = `/proc/${pid}/stat`;
      if (!existsSync(file)) return [];
      try {
        // The second field is the command in brackets, and may hold spaces.
        const parent = readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ')[1];
        return [[Number(pid), Number(parent)]];
      } catch {
        return [];
      }
    }),
  );
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
