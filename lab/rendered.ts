/** Environments rendered in this process, without files: from the text of an environment file to its objects. */
import { parse } from 'yaml';
import { ConfigError } from '../config/problems';
import { appsOf, buildStack, type Stack } from '../stack/apps';
import { type Manifest, manifestsOf } from '../stack/checks/manifest';
import type { Config } from '../stack/config';
import { readSettings } from '../stack/load';

/** Completes the text of an environment file. Throws what a user would see. */
export function configFrom(text: string, files: Partial<Pick<Config, 'rules' | 'dashboards'>> = {}): Config {
  const settings = readSettings('environments/test.yaml', text);
  if (!settings.ok) throw new ConfigError(settings.problems);
  const { samplingStrategiesFile } = settings.value.jaeger;
  const samplingStrategies =
    samplingStrategiesFile === null ? null : { default_strategy: { type: 'probabilistic' as const, param: 1 } };
  return { ...settings.value, environment: 'test', rules: [], dashboards: [], samplingStrategies, ...files };
}

/** Builds the stack of an environment file's text. Nothing is written. */
export const stackFrom = (text: string, files?: Parameters<typeof configFrom>[1]): Stack =>
  buildStack(configFrom(text, files), 'unused');

/** Every object of an environment file's text, as it would be written. */
export const render = (text: string, files?: Parameters<typeof configFrom>[1]): Manifest[] =>
  manifestsOf(appsOf(stackFrom(text, files)));

/** One object by kind and name. */
export function find(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (found === undefined)
    throw new Error(`no ${kind}/${name} among ${manifests.map(({ metadata }) => metadata.name).join(', ')}`);
  return found;
}

/** A configuration file inside a ConfigMap, parsed. */
export function configFile<Content = Record<string, unknown>>(
  manifests: readonly Manifest[],
  configMap: string,
  file: string,
): Content {
  const text = find(manifests, 'ConfigMap', configMap).data?.[file];
  if (text === undefined) throw new Error(`no ${file} in ${configMap}`);
  return parse(text) as Content;
}
