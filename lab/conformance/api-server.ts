/** An API server of this run, without a node: it admits, defaults and authorizes as any other, and nothing runs. */
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { leftFolders, ownFolder, programPath } from '../cache';
import { adminArguments, startControlPlane } from '../cluster/control-plane';
import { State } from '../cluster/processes';
import { type Answer, ask } from '../commands';

/** kubectl as the administrator of that server. */
export type Kubectl = (args: readonly string[], input?: string) => Promise<Answer>;

const PROCESSES = ['kube-apiserver', 'etcd'];

/** A server that was started. */
export interface ApiServer {
  readonly kubectl: Kubectl;
  /** Ends it, and deletes its data. */
  readonly stop: () => Promise<void>;
}

/** Starts one. It ends with this process, if it was not stopped before. */
export async function startApiServer(): Promise<ApiServer> {
  // A folder for each run: several may judge at once.
  await removeLeft();
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

/** Takes away what runs that were killed have left. */
async function removeLeft(): Promise<void> {
  for (const folder of leftFolders('api-server')) {
    for (const name of PROCESSES) await new State(folder).stop(name);
    rmSync(folder, { recursive: true, force: true });
  }
  for (const folder of leftFolders('pod')) rmSync(folder, { recursive: true, force: true });
}

/** A port of loopback that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
