import type { Manifest } from '../../stack/checks/manifest';
import type { Expected } from '../expected';
import type { Meta } from '../objects';

/** Words of YAML and JSON. A Secret may have them as switches. */
const WORDS = ['true', 'false', 'null'];

/**
 * Names that an export keeps, so that nothing is gained where the value of a Secret is one of them: the environment, namespaces, names and kinds
 * of what is rendered, names and keys of Secrets.
 */
export function publicNames(
  { config, keep, workloads, hooks, outside }: Expected,
  secrets: readonly (Meta & { readonly data?: Readonly<Record<string, string>> })[],
): readonly string[] {
  const rendered: readonly Manifest[] = [...keep, ...workloads, ...hooks, ...outside.flatMap(({ objects }) => objects)];
  const ofRendered = rendered.flatMap(({ kind, metadata: { name, namespace = '' } }) => [kind, name, namespace]);
  const ofSecrets = secrets.flatMap(({ metadata: { name, namespace = '' }, data = {} }) => [
    ...[name, namespace],
    ...Object.keys(data),
  ]);
  return [...new Set([...WORDS, config.environment, ...ofRendered, ...ofSecrets])].filter((name) => name !== '');
}
