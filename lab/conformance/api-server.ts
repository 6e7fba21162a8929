/** A temporary API server without a node: admission, defaults and authorization are real, but no pod runs. */
import { rmSync } from 'node:fs';
import { abandonedFolders, ownFolder, programPath } from '../cache';
import { adminArguments, startControlPlane } from '../cluster/control-plane';
import { State } from '../cluster/processes';
import { type Answer, ask } from '../commands';
import { freePort } from '../free-port';

/** kubectl as the administrator of that server. */
export type Kubectl = (args: readonly string[], input?: string) => Promise<Answer>;

const PROCESSES = ['kube-apiserver', 'etcd'];

/** A running server. */
export interface ApiServer {
  readonly kubectl: Kubectl;
  /** Stops it and deletes its data. */
  readonly stop: () => Promise<void>;
}

/** Starts one. It stops with this process at the latest. */
export async function startApiServer(): Promise<ApiServer> {
  // A new folder for each run, because several may run at once.
  await removeAbandoned();
  const folder = ownFolder('api-server');
  const state = new State(folder);
  const kill = () => {
    for (const name of PROCESSES) state.kill(name);
  };
  process.once('exit', kill);
  const stop = async () => {
    for (const name of PROCESSES) await state.stop(name);
    process.off('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [port, etcdPort] = [await freePort(), await freePort()];
    await startControlPlane(state, { host: '127.0.0.1', port, etcdPort });
  } catch (error) {
    await stop();
    throw error;
  }
  const kubectl: Kubectl = (args, input) => ask(programPath('kubectl'), [...adminArguments(state), ...args], { input });
  return { kubectl, stop };
}

/** Cleans up after runs that were killed. */
async function removeAbandoned(): Promise<void> {
  for (const folder of abandonedFolders('api-server')) {
    for (const name of PROCESSES) await new State(folder).stop(name);
    rmSync(folder, { recursive: true, force: true });
  }
  for (const folder of abandonedFolders('pod')) rmSync(folder, { recursive: true, force: true });
}
