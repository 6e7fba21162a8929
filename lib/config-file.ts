import { createHash } from 'node:crypto';
import { type ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { addObject, k8s } from './k8s';
import { writeYaml } from './yaml';

/** The text of a file with one YAML document. */
export const toYaml = (content: unknown): string => writeYaml(content);

/** JSON with an indent of two, and a newline at its end. */
export const toJson = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;

/** The files of one ConfigMap: file name to content. */
export type Files = Readonly<Record<string, string>>;

/** Adds a ConfigMap that holds files. */
export function addConfigFiles(scope: Construct, name: string, files: Files): ApiObject {
  return addObject(scope, `configmap-${name}`, k8s.KubeConfigMap, { metadata: { name }, data: { ...files } });
}

/**
 * An annotation with a hash of ConfigMaps. It replaces pods that read them only at their start. It is resolved when the manifests are
 * written, so that a patch of a ConfigMap changes it too.
 */
export function configHash(configMaps: readonly ApiObject[]): string {
  const produce = () => {
    const hash = createHash('sha256');
    for (const configMap of configMaps) hash.update(JSON.stringify(configMap.toJson().data));
    return hash.digest('hex').slice(0, 16);
  };
  return Lazy.any({ produce }) as string;
}
