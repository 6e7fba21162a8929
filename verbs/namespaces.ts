import type { Kubectl } from './kubectl';

/** Whether a namespace exists. Without the permission to check, it is assumed to exist: later requests fail if it does not. */
export async function hasNamespace(kubectl: Kubectl, name: string): Promise<boolean> {
  const args = ['get', 'namespace', name, '--ignore-not-found', '-o', 'name', '--request-timeout=10s'];
  return (await kubectl.allowed(args)) !== '';
}
