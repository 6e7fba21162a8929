/**
 * Reads the user's files: environments, rules, dashboards and sampling strategies; `load-variables.ts` reads the variables. Nothing else
 * reads the user's files. Environment variables are read by the programs themselves: `main.ts` for the output folder, `verbs/monitor.ts`
 * for the arguments of a verb.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readDashboard } from '../config/files/dashboards';
import { listFiles, listing, readText } from '../config/files/folder';
import { doubledUids, misnamed, unreadable } from '../config/files/folder-checks';
import type { Checked } from '../config/files/parse';
import { readRuleFile } from '../config/files/rules';
import { readSampling } from '../config/files/sampling';
import { ConfigError, type Problem, showValue } from '../config/problems';
import { parseYamlFile } from '../config/yaml-file';
import { nearest } from '../promql/nearest';
import type { Config } from './config';
import { expressionProblems } from './expression-checks';
import { readSettingsOf } from './input';
import type { Settings } from './settings';

const ENVIRONMENT_NAME = /^[a-z0-9]([-a-z0-9]{0,40}[a-z0-9])?$/;

/**
 * Reads, checks and completes every `environments/*.yaml` below a folder.
 * @param root the project's folder, with `environments/`, and optionally `rules/` and `dashboards/`
 * @throws ConfigError with every problem of every file
 */
export function loadEnvironments(root: string): Config[] {
  const files = listFiles(root, 'environments', '.yaml');
  const rules = listFiles(root, 'rules', '.yaml').map((name) =>
    withText(readText(root, 'rules', name), (text) => readRuleFile(`rules/${name}`, name, text)),
  );
  const dashboards = listFiles(root, 'dashboards', '.json').map((name) =>
    withText(readText(root, 'dashboards', name), (text) => readDashboard(`dashboards/${name}`, name, text)),
  );
  const environments = files.map((name) => readEnvironment(root, name));
  const problems = [...rules, ...dashboards, ...environments].flatMap((result) => (result.ok ? [] : result.problems));
  const own = { rules: values(rules), dashboards: values(dashboards) };
  problems.push(
    ...doubledUids(own.dashboards),
    ...unreadable(root),
    ...misnamed(root),
    ...expressionProblems(values(environments), own),
  );
  if (files.length === 0 && listing(root, 'environments').ok) problems.push(NO_ENVIRONMENT);
  if (problems.length > 0) throw new ConfigError(problems);
  return values(environments).map((environment) => ({ ...environment, ...own }));
}

/**
 * One environment by its name.
 * @throws ConfigError with every problem of every file, or if there is no environment of that name
 */
export function loadEnvironment(root: string, name: string): Config {
  const all = loadEnvironments(root);
  const found = all.find(({ environment }) => environment === name);
  if (found !== undefined) return found;
  const names = all.map(({ environment }) => environment);
  const guess = nearest(name, names);
  throw new ConfigError([
    {
      file: 'environments/',
      path: 'ENVIRONMENT',
      value: showValue(name),
      allowed: names.join(', '),
      fix: guess === undefined ? `create environments/${name}.yaml` : `did you mean ${guess}?`,
    },
  ]);
}

type Environment = Settings & Pick<Config, 'environment' | 'samplingStrategies'>;

function readEnvironment(root: string, name: string): Checked<Environment> {
  const file = `environments/${name}`;
  const environment = name.replace(/\.yaml$/, '');
  if (!ENVIRONMENT_NAME.test(environment)) {
    const allowed = 'file names of lower-case letters, digits and "-", at most 42 characters';
    return { ok: false, problems: [{ file, path: '', allowed, fix: 'rename the file' }] };
  }
  const settings = withText(readText(root, 'environments', name), (text) => readSettings(file, text));
  if (!settings.ok) return settings;
  const path = settings.value.jaeger.samplingStrategiesFile;
  if (path === null) return { ok: true, value: { ...settings.value, environment, samplingStrategies: null } };
  if (!existsSync(join(root, path))) {
    const allowed = 'a file that exists, relative to the project';
    return {
      ok: false,
      problems: [
        { file, path: 'jaeger.samplingStrategiesFile', value: showValue(path), allowed, fix: `create ${path}` },
      ],
    };
  }
  const sampling = withText(readText(root, path), (text) => readSampling(path, text));
  return sampling.ok
    ? { ok: true, value: { ...settings.value, environment, samplingStrategies: sampling.value } }
    : sampling;
}

/**
 * Parses, checks and completes the text of one environment file.
 * @param file its name, for error messages
 */
export function readSettings(file: string, text: string): Checked<Settings> {
  const parsed = parseYamlFile(file, text, 'refused');
  if (!parsed.ok) return parsed;
  // An empty file is an environment of defaults only.
  const content = parsed.content ?? {};
  return readSettingsOf(file, content, parsed.lines);
}

const withText = <T>(text: Checked<string>, parse: (text: string) => Checked<T>): Checked<T> =>
  text.ok ? parse(text.value) : text;

const values = <T>(results: readonly Checked<T>[]): T[] =>
  results.flatMap((result) => (result.ok ? [result.value] : []));

const NO_ENVIRONMENT: Problem = {
  file: 'environments/',
  path: '',
  allowed: 'at least one environment file *.yaml',
  fix: 'create environments/development.yaml; an empty file is an environment of defaults',
};
