/**
 * The only file of the program that reads files of the user. The environment is read by the programs themselves: `main.ts` for
 * the output folder, `verbs/monitor.ts` for what is said to a verb.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DASHBOARD_UIDS } from '../lib/dashboard-uids';
import { checkSettings } from './checks';
import { explain } from './explain';
import { readDashboard, type UserDashboard } from './files/dashboards';
import type { Checked } from './files/parse';
import { type RuleFile, readRuleFile } from './files/rules';
import { readSampling, type SamplingStrategies } from './files/sampling';
import { ConfigError, nearest, type Problem, showValue } from './problems';
import { environmentSchema, type Settings } from './schema';
import { readVariables, type Variables } from './variables';
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
  const files = list(root, 'environments', '.yaml');
  const rules = list(root, 'rules', '.yaml').map((name) =>
    readRuleFile(`rules/${name}`, name, read(root, 'rules', name)),
  );
  const dashboards = list(root, 'dashboards', '.json').map((name) =>
    readDashboard(`dashboards/${name}`, name, read(root, 'dashboards', name)),
  );
  const environments = files.map((name) => readEnvironment(root, name));
  const problems = [...rules, ...dashboards, ...environments].flatMap((result) => (result.ok ? [] : result.problems));
  const own = { rules: values(rules), dashboards: values(dashboards) };
  problems.push(...doubledUids(own.dashboards), ...misnamed(root));
  if (files.length === 0) problems.push(NO_ENVIRONMENT);
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

/** Files of variables that are read where they exist, the first one first. */
const VARIABLE_FILES = ['.env.local', '.env.docker'];

/**
 * The variables of the Docker Compose stack.
 * @param root the project's folder
 * @param environment variables of the process; `ENV_FILE` names a file that is read instead of .env.local and .env.docker
 * @throws ConfigError where a value is wrong, or the file that is named does not exist
 */
export function loadVariables(root: string, environment: Readonly<Record<string, string | undefined>>): Variables {
  const named = environment.ENV_FILE ?? '';
  if (named !== '' && !existsSync(resolve(root, named))) {
    const problem = {
      path: 'ENV_FILE',
      value: showValue(named),
      allowed: 'a file that exists',
      fix: `create ${named}`,
    };
    throw new ConfigError([{ file: 'the environment of the process', ...problem }]);
  }
  const files = (named === '' ? VARIABLE_FILES : [named]).filter((file) => existsSync(resolve(root, file)));
  return readVariables(
    files.map((name) => ({ name, text: readFileSync(resolve(root, name), 'utf8') })),
    environment,
  );
}

type Environment = Settings & Pick<Config, 'environment' | 'samplingStrategies'>;

function readEnvironment(root: string, name: string): Checked<Environment> {
  const file = `environments/${name}`;
  const environment = name.replace(/\.yaml$/, '');
  if (!ENVIRONMENT_NAME.test(environment)) {
    const allowed = 'file names of lower-case letters, digits and "-", at most 42 characters';
    return { ok: false, problems: [{ file, path: '', allowed, fix: 'rename the file' }] };
  }
  const settings = readSettings(file, read(root, 'environments', name));
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
  const sampling = readSampling(path, read(root, path));
  return sampling.ok
    ? { ok: true, value: { ...settings.value, environment, samplingStrategies: sampling.value } }
    : sampling;
}

/**
 * Parses, checks and completes the text of one environment file.
 * @param file its name, for the problems
 */
export function readSettings(file: string, text: string): Checked<Settings> {
  const parsed = parseYamlFile(file, text);
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
    line: parsed.lines.lineOf(problem.path.split('.')),
  }));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: result.data };
}

const values = <T>(results: readonly Checked<T>[]): T[] =>
  results.flatMap((result) => (result.ok ? [result.value] : []));

function doubledUids(dashboards: readonly UserDashboard[]): Problem[] {
  const seen = new Map<string, string>(Object.values(DASHBOARD_UIDS).map((uid) => [uid, 'one of our own']));
  return dashboards.flatMap(({ name, uid }) => {
    const first = seen.get(uid);
    if (first === undefined) seen.set(uid, name);
    if (first === undefined) return [];
    return [
      {
        file: `dashboards/${name}`,
        path: 'uid',
        value: showValue(uid),
        allowed: `a uid of its own: ${first} has the same`,
        fix: 'change one uid',
      },
    ];
  });
}

/** Files that look like ours, and have an ending that nobody reads: left out in silence they would be missed late. */
const ENDINGS = [
  { folder: 'environments', ending: '.yaml', similar: /\.ya?ml$/i },
  { folder: 'rules', ending: '.yaml', similar: /\.ya?ml$/i },
  { folder: 'dashboards', ending: '.json', similar: /\.(json|ya?ml)$/i },
] as const;

function misnamed(root: string): Problem[] {
  return ENDINGS.flatMap(({ folder, ending, similar }) =>
    list(root, folder, '')
      .filter((name) => similar.test(name) && !name.endsWith(ending))
      .map((name) => ({
        file: `${folder}/${name}`,
        path: '',
        allowed: `files that end in ${ending}; this one is not read`,
        fix: `rename it to ${name.replace(similar, ending)}, or move it elsewhere`,
      })),
  );
}

const NO_ENVIRONMENT: Problem = {
  file: 'environments/',
  path: '',
  allowed: 'at least one environment file *.yaml',
  fix: 'create environments/development.yaml; an empty file is an environment of defaults',
};

const read = (root: string, ...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

/** File names of a folder with an ending, in the order of their code points, whatever the locale; none where the folder is absent. */
function list(root: string, folder: string, ending: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith(ending))
    .sort();
}
