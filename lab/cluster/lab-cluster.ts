/** The lab's cluster: one node of real Kubernetes, without Docker, made anew each time. */
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

/** Name of the tests among what runs on the cluster. */
const TESTS = 'tests';

/** The kubeconfig of the cluster's administrator; its context is `lab`. */
export const LAB_KUBECONFIG = join(FOLDER, 'pki/admin.conf');

/** Starts a new cluster; what a killed run left is taken away first. @throws Error with what did not come up */
export async function labUp(): Promise<void> {
  const start = Date.now();
  await requireNode();
  await labDown();
  const state = new State(FOLDER);
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
  // Nothing that another lab on this machine has started.
  if (state.started().length > 0) {
    // Tests of a run that was killed would go on with the next cluster. The kubelet next: it would start again what is ended here. etcd last: the others write to it until they end.
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

/** Makes the tests end with the cluster, also where the command that started both is killed. */
export const endWithCluster = (pid: number, folder: string): void => new State(FOLDER).adopt(TESTS, pid, folder);

/** The end of the log of each program that runs. */
export function labLogs(): [string, string][] {
  const state = new State(FOLDER);
  return state.started().map((name) => [name, state.log(name)]);
}
