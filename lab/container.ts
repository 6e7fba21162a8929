/** What a rendered pod starts its program with. */
import { type Manifest, podOf } from '../stack/checks/manifest';
import { find } from './rendered';

/** The arguments and variables of the first container of a workload; variables without a value in the manifest are left out. */
export function containerOf(objects: readonly Manifest[], kind: string, name: string) {
  const container = podOf(find(objects, kind, name))?.containers[0];
  if (container === undefined) throw new Error(`${kind}/${name} has no container`);
  const env = (container.env ?? []).flatMap((entry) => (entry.value === undefined ? [] : [[entry.name, entry.value]]));
  return { args: container.args ?? [], env: Object.fromEntries(env) as Readonly<Record<string, string>> };
}
