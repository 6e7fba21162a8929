/**
 * Environments for tests: from the text of an environment file to its objects. `configFrom` completes it, `stackFrom` builds it,
 * `render` gives its objects, `find` and `configFile` one of them. `allStacks` is every environment that there is.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFrom } from '../../lab/rendered';
import { manifestText } from '../../lib/manifests';
import { appsOf, buildStack, type Stack } from '../../stack/apps';
import type { Manifest } from '../../stack/checks/manifest';
import type { Config } from '../../stack/config';
import { loadEnvironments } from '../../stack/load';

export { configFile, configFrom, find, render, stackFrom } from '../../lab/rendered';

/** The project's folder. */
export const ROOT = join(__dirname, '../..');
const FIXTURES = join(__dirname, '../environments');

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
