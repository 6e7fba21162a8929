/**
 * Environments for tests: from the text of an environment file to its objects. `configFrom` completes it, `stackFrom` builds it,
 * `render` gives its objects, `find` and `configFile` one of them. `allStacks` is every environment that there is.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ConfigError } from '../../config/problems';
import { manifestText } from '../../lib/manifests';
import { appsOf, buildStack, type Stack } from '../../stack/apps';
import { type Manifest, manifestsOf } from '../../stack/checks/manifest';
import type { Config } from '../../stack/config';
import { loadEnvironments, readSettings } from '../../stack/load';

/** The project's folder. */
export const ROOT = join(__dirname, '../..');
const FIXTURES = join(__dirname, '../environments');

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

/** True of the ConfigMap of a dashboard. */
export const isDashboard = ({ kind, metadata: { name } }: Manifest): boolean =>
  kind === 'ConfigMap' && name.startsWith('grafana-dashboard-');

/** True of a ConfigMap of runbook pages. */
export const isRunbooks = ({ kind, metadata: { name } }: Manifest): boolean =>
  kind === 'ConfigMap' && name.startsWith('grafana-runbooks-');

/** The fixtures: environments with features that development does not have. */
export const fixtures = (): { name: string; text: string }[] =>
  readdirSync(FIXTURES)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({ name: file.replace('.yaml', ''), text: readFileSync(join(FIXTURES, file), 'utf8') }));

/** Every stack that there is: the project's environments and the fixtures. */
export const allStacks = (): { name: string; config: Config; stack: Stack }[] =>
  [
    ...loadEnvironments(ROOT).map((config) => ({ name: config.environment, config })),
    ...fixtures().map(({ name, text }) => ({ name, config: configFrom(text) })),
  ].map(({ name, config }) => ({ name, config, stack: buildStack(config, 'unused') }));

/** The YAML of each chart of a stack: file name to text. */
export const chartsOf = (stack: Stack): [string, string][] =>
  appsOf(stack).flatMap((app) => app.charts.map((chart): [string, string] => [chart.node.id, manifestText(chart)]));
