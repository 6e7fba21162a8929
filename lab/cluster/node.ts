/** One node: containerd with a bridge network, the kubelet, kube-proxy. Needs root on Linux. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { programPath } from '../cache';
import { ask, must, until } from '../commands';
import {
  BRIDGE,
  containerdConfig,
  kubeletConfig,
  NODE_ADDRESS,
  NODE_NAME,
  network,
  POD_NETWORK,
  RUN,
  SERVICE_NETWORK,
  SOCKET,
} from './node-config';
import type { State } from './processes';

/**
 * Rejects traffic to the address of a deleted Service. Otherwise it would leave the machine, and another server's answer would be taken
 * for the Service's: a 404 from a gateway once made the Collector drop spans permanently.
 */
const REJECT_STALE_SERVICES = ['FORWARD', '-d', SERVICE_NETWORK, '-j', 'REJECT'];

/** Creates the bridge, whose address the kubelet binds. */
export async function startNetwork(): Promise<void> {
  const routes = await must('ip', ['route', 'show', POD_NETWORK]);
  if (routes !== '')
    throw new Error(`${POD_NETWORK}, the lab's pod network, is in use on this machine: ${routes.trim()}`);
  await must('ip', ['link', 'add', BRIDGE, 'type', 'bridge']);
  await must('ip', ['addr', 'add', `${NODE_ADDRESS}/16`, 'dev', BRIDGE]);
  await must('ip', ['link', 'set', BRIDGE, 'up']);
  await must('sysctl', ['-qw', 'net.ipv4.ip_forward=1']);
  await must('iptables', ['-P', 'FORWARD', 'ACCEPT']);
  await must('iptables', ['-A', ...REJECT_STALE_SERVICES]);
}

/**
 * The host mounts of node-exporter need shared mount propagation. systemd sets it for every mount; on machines without systemd it is
 * missing.
 */
async function shareMounts(): Promise<void> {
  for (const path of ['/', '/sys']) await must('mount', ['--make-shared', path]);
}

/** Starts containerd, and waits until it responds. */
export async function startContainerd(state: State): Promise<void> {
  await shareMounts();
  mkdirSync(state.path('cni'), { recursive: true });
  mkdirSync(RUN, { recursive: true });
  writeFileSync(state.path('cni/10-lab.conflist'), JSON.stringify(network));
  writeFileSync(state.path('containerd.toml'), containerdConfig(state));
  state.start('containerd', 'containerd', ['-c', 'containerd.toml']);
  await until(async () => (await ask('ctr', ['-a', SOCKET, 'version'])).code === 0, 'containerd to answer', 30);
}

/** Starts the kubelet and kube-proxy. */
export function startNode(state: State): void {
  writeFileSync(state.path('kubelet.yaml'), stringify(kubeletConfig(state)));
  state.start('kubelet', programPath('kubelet'), [
    '--config=kubelet.yaml',
    '--kubeconfig=pki/node.conf',
    `--hostname-override=${NODE_NAME}`,
    `--node-ip=${NODE_ADDRESS}`,
    `--root-dir=${state.path('kubelet')}`,
    // Its cAdvisor needs containerd to find the names of containers.
    `--containerd=${SOCKET}`,
  ]);
  state.start('kube-proxy', programPath('kube-proxy'), [
    '--kubeconfig=pki/proxy.conf',
    `--hostname-override=${NODE_NAME}`,
    `--cluster-cidr=${POD_NETWORK}`,
    '--proxy-mode=iptables',
  ]);
}

/** Removes the bridge and the iptables rules of kube-proxy and the network plugins. */
export async function endNetwork(): Promise<void> {
  await ask(programPath('kube-proxy'), ['--cleanup']);
  await ask('iptables', ['-D', ...REJECT_STALE_SERVICES]);
  await ask('ip', ['link', 'del', BRIDGE]);
}
