/** The files that the programs of a pod read. */
import { join } from 'node:path';
import { parse } from 'yaml';
import { type ManifestSet, ofKind } from './manifests';
import type { Pod, ProgramPod, Source } from './pods';

/** The files that a container has from ConfigMaps: path to text. */
export function filesOf(set: ManifestSet, { pod, container }: ProgramPod): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, mountPath, subPath } of container.volumeMounts ?? []) {
    const volume = (pod.spec.volumes ?? []).find((entry) => entry.name === name);
    if (volume === undefined && !pod.claims.includes(name)) throw new Error(`${pod.owner} has no volume ${name}`);
    const sources = [volume?.configMap, ...(volume?.projected?.sources ?? []).map(({ configMap }) => configMap)];
    for (const source of sources) {
      for (const [path, text] of configMapFiles(set, pod, source)) {
        if (subPath === undefined) found.set(join(mountPath, path), text);
        else if (path === subPath) found.set(mountPath, text);
      }
    }
  }
  return found;
}

/** The ConfigMap that Kubernetes publishes in each namespace. */
export const CLUSTER_CA = 'kube-root-ca.crt';

function configMapFiles(set: ManifestSet, { namespace, owner }: Pod, source: Source | undefined): [string, string][] {
  if (source === undefined || source.name === CLUSTER_CA) return [];
  const found = ofKind(set, 'ConfigMap').find(
    ({ metadata }) => metadata.name === source.name && metadata.namespace === namespace,
  );
  if (found === undefined && source.optional === true) return [];
  if (found === undefined) throw new Error(`${owner} mounts ConfigMap ${source.name}, which does not exist`);
  const data = found.data ?? {};
  if (source.items === undefined) return Object.entries(data);
  return source.items.map(({ key, path }) => {
    const text = data[key];
    if (text === undefined)
      throw new Error(`${owner} mounts ${key} of ConfigMap ${source.name}, which has no such key`);
    return [path, text];
  });
}

/** The file of an option of a container's command, parsed. @throws Error if it does not exist */
export function configOf(
  set: ManifestSet,
  program: ProgramPod,
  option: string,
): { path: string; content: Record<string, unknown> } {
  const path = program.container.args?.find((argument) => argument.startsWith(`${option}=`))?.slice(option.length + 1);
  const text = path === undefined ? undefined : filesOf(set, program).get(path);
  if (path === undefined || text === undefined) throw new Error(`${program.pod.owner} has no file for ${option}`);
  return { path, content: parse(text) as Record<string, unknown> };
}
