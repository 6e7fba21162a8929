/** The lab's cluster: one node of real Kubernetes, without Docker, newly created each time. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, programPath, programVersion } from '../cache';
import { must, since } from '../commands';
import { requireNode } from '../system';
import { applyAddons } from './addons';
import { endContainers } from './containers';
import { startControllers, startControlPlane } from './control-plane';
import { imageFile, labImages } from './images';
import { endNetwork, startContainerd, startNetwork, startNode } from './node';
import { NODE_ADDRESS, SOCKET } from './node-config';
import { State } from './processes';

const FOLDER = join(CACHE, 'cluster');

/** Name of the test process among the cluster's processes. */
const TESTS = 'tests';

/** Name of the bridge among them: a run that is killed before its first program has started leaves the bridge alone. */
const NETWORK = 'network';

/** The kubeconfig of the cluster's administrator; its context is `lab`. */
export const LAB_KUBECONFIG = join(FOLDER, 'pki/admin.conf');

/** Starts a new cluster, and first cleans up after a run that was killed. @throws Error with the logs if it does not start */
export async function labUp(): Promise<void> {
  const start = Date.now();
  await requireNode();
  await labDown();
  const state = new State(FOLDER);
  state.adopt(NETWORK, process.pid, FOLDER);
  try {
    await startNetwork();
    await Promise.all([
      startControlPlane(state, { host: NODE_ADDRESS, port: 6443, etcdPort: 2379 }),
      startContainerd(state).then(importImages),
    ]);
    startControllers(state);
    state.start('kube-scheduler', programPath('kube-scheduler'), [
      '--kubeconfig=pki/scheduler.conf',
      '--leader-elect=false',
    ]);
    startNode(state);
    await applyAddons(state);
  } catch (error) {
    const logs = state.started().map((name) => `--- ${name}\n${state.log(name)}`);
    throw new Error([(error as Error).message, ...logs].join('\n'));
  }
  console.log(`Kubernetes ${programVersion('kubelet')} is up (${since(start)}): export KUBECONFIG=${LAB_KUBECONFIG}`);
}

async function importImages(): Promise<void> {
  for (const image of await labImages())
    await must('ctr', ['-a', SOCKET, '-n', 'k8s.io', 'images', 'import', await imageFile(image)]);
}

/** Stops everything that `labUp` started, and deletes its data. */
export async function labDown(): Promise<void> {
  const state = new State(FOLDER);
  // Only what this folder's lab started, not another lab on this machine.
  if (state.started().length > 0) {
    // The tests first: those of a killed run would continue on the next cluster. Then the kubelet, which would restart containers.
    // etcd last, because the others write to it until they exit.
    const order = [
      TESTS,
      'kubelet',
      'kube-proxy',
      'kube-scheduler',
      'kube-controller-manager',
      'kube-apiserver',
      'etcd',
    ];
    for (const name of order) await state.stop(name);
    await endContainers(state);
    await state.stop('containerd');
    await endContainers(state);
    await endNetwork();
  }
  rmSync(FOLDER, { recursive: true, force: true });
}

/** Stops the tests together with the cluster, even if the command that started both is killed. */
export const endWithCluster = (pid: number, folder: string): void => new State(FOLDER).adopt(TESTS, pid, folder);

/** The end of the log of each running program. */
export function labLogs(): [string, string][] {
  const state = new State(FOLDER);
  return state.started().map((name) => [name, state.log(name)]);
}
