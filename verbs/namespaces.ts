import type { Cluster } from './context';
import type { Kubectl } from './kubectl';
import { VerbError } from './terminal';

/** Whether a namespace exists. Without the permission to check, it is assumed to exist: later requests fail if it does not. */
export async function hasNamespace(kubectl: Kubectl, name: string): Promise<boolean> {
  const args = ['get', 'namespace', name, '--ignore-not-found', '-o', 'name', '--request-timeout=10s'];
  return (await kubectl.allowed(args)) !== '';
}

/** Refuses a cluster without the stack's namespace. @throws VerbError */
export async function requireNamespace({ kubectl, context }: Cluster, name: string): Promise<void> {
  if (await hasNamespace(kubectl, name)) return;
  const what = `There is no namespace ${name} in ${context}.`;
  throw new VerbError([{ what, fix: kubectl.commands.make('monitor-up') }]);
}
