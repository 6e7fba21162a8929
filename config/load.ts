/**
 * Reads the user's files: environments, rules, dashboards and sampling strategies; `load-variables.ts` reads the variables. Nothing
 * else reads a file of the user. The environment of the process is read by the programs themselves: `main.ts` for the output
 * folder, `verbs/monitor.ts` for what is said to a verb.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../promql/nearest';
import { checkSettings } from './checks';
import { explain } from './explain';
import { readDashboard, type UserDashboard } from './files/dashboards';
import { expressionProblems } from './files/expression-checks';
import { listFiles, listing, readText } from './files/folder';
import { doubledUids, misnamed, unreadable } from './files/folder-checks';
import type { Checked } from './files/parse';
import { type RuleFile, readRuleFile } from './files/rules';
import { readSampling, type SamplingStrategies } from './files/sampling';
import { ConfigError, type Problem, showValue } from './problems';
import { environmentSchema, type Settings } from './schema';
import { parseYamlFile } from './yaml-file';

/** Everything the charts are made from: the settings of one environment, complete, and the user's own files. */
export type Config = Settings & {
  /** Name of the environment: the file name without `.yaml`. */
  readonly environment: string;
  /** The user's `rules/*.yaml`. */
  readonly rules: readonly RuleFile[];
  /** The user's `dashboards/*.json`. */
  readonly dashboards: readonly UserDashboard[];
  /** Content of `jaeger.samplingStrategiesFile`; null where none is set. */
  readonly samplingStrategies: SamplingStrategies | null;
};

const ENVIRONMENT_NAME = /^[a-z0-9]([-a-z0-9]{0,40}[a-z0-9])?$/;

/**
 * Reads, checks and completes every `environments/*.yaml` below a folder.
 * @param root the project's folder, with `environments/`, and where they exist `rules/` and `dashboards/`
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
 * @throws ConfigError with every problem of every file, or where there is none of that name
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
 * @param file its name, for the problems
 */
export function readSettings(file: string, text: string): Checked<Settings> {
  const parsed = parseYamlFile(file, text, 'refused');
  if (!parsed.ok) return parsed;
  // An empty file is an environment of defaults only.
  const content = parsed.content ?? {};
  const result = environmentSchema.safeParse(content);
  if (!result.success) {
    return {
      ok: false,
      problems: explain(result.error.issues, { file, schema: environmentSchema, content, lines: parsed.lines }),
    };
  }
  const problems = checkSettings(result.data).map((problem) => ({
    file,
    ...problem,
    line: parsed.lines.lineOf(problem.path.split(/[.[\]]+/)),
  }));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: result.data };
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
