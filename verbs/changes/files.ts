/** The configuration files in ConfigMaps. */
import { parse } from 'yaml';
import type { Manifest } from '../../stack/checks/manifest';
import { at, isTree, type Tree } from './tree';

/** A file in a ConfigMap, parsed. */
export interface ConfigurationFile {
  /** Name of the ConfigMap. */
  readonly configMap: string;
  /** Name of the file. */
  readonly file: string;
  readonly content: Tree;
}

/** Every YAML or JSON file whose content is a map. Others, such as grafana.ini, are left out. */
export const filesOf = (objects: readonly Manifest[]): readonly ConfigurationFile[] =>
  objects.filter(({ kind }) => kind === 'ConfigMap').flatMap(inConfigMap);

/** Parsed once: several questions are asked about the same files. */
const known = new WeakMap<Manifest, readonly ConfigurationFile[]>();

function inConfigMap(configMap: Manifest): readonly ConfigurationFile[] {
  const found = known.get(configMap) ?? parsedFiles(configMap);
  known.set(configMap, found);
  return found;
}

const parsedFiles = ({ metadata: { name }, data = {} }: Manifest): readonly ConfigurationFile[] =>
  Object.entries(data).flatMap(([file, text]) => {
    const content = /\.(ya?ml|json)$/.test(file) ? parsed(text) : undefined;
    return isTree(content) ? [{ configMap: name, file, content }] : [];
  });

/** A user's own file may be anything, and synth has checked it. */
function parsed(text: string): unknown {
  try {
    // JSON.parse is a hundred times faster, and a dashboard is large.
    return text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text, { maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

/** Settings of the Collector and of Jaeger, which both have the Collector's form. */
export const isCollectorForm = ({ content }: ConfigurationFile): boolean => isTree(at(content, 'service', 'pipelines'));
