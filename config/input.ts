/**
 * What a construct is given, checked as the files of a project are: the same schemas, the same words, all problems at once. Nothing
 * here reads a file.
 */
import type { z } from 'zod';
import { toJson, toYaml } from '../lib/config-file';
import { checkSettings } from './checks';
import type { EnvironmentInput } from './environment-input';
import { explain } from './explain';
import { contractProblems, type OwnFiles } from './files/contract-checks';
import { readDashboard, type UserDashboard } from './files/dashboards';
import { doubledUids } from './files/folder-checks';
import type { Checked } from './files/parse';
import { type RuleFile, readRuleFile } from './files/rules';
import { readSampling, type SamplingStrategies } from './files/sampling';
import type { Config } from './load';
import { ConfigError, type Problem, showValue } from './problems';
import { environmentSchema, type Settings } from './schema';
import { textProblems } from './texts';

/** A rule file as it is given: its name and its text, or its content. */
interface GivenRuleFile {
  readonly name: string;
  readonly content: string | object;
}

/** What is given. */
export interface Input {
  readonly environment: string;
  readonly settings?: EnvironmentInput;
  readonly rules?: readonly GivenRuleFile[];
  readonly dashboards?: readonly (string | object)[];
  readonly samplingStrategies?: object;
}

/** Names the place of a problem: the construct's path, and the property's. */
export interface Place {
  /** The construct's path. */
  readonly construct: string;
  /** The property, as `props.settings`. */
  readonly property: string;
}

/** Nothing was written in lines. */
const NO_LINES = { lineOf: () => undefined };

const ENVIRONMENT_NAME = /^[a-z0-9]([-a-z0-9]{0,40}[a-z0-9])?$/;

/**
 * Checks and completes the properties of a construct.
 * @param construct the construct's path, for the problems
 * @throws ConfigError with every problem
 */
export function checkedInput(construct: string, input: Input): Config {
  const at = (property: string): Place => ({ construct, property: `props.${property}` });
  const named = checkedName(at('environment'), input.environment);
  const settings = withSampling(at('samplingStrategies'), checkedSettings(at('settings'), input.settings ?? {}), input);
  const rules = (input.rules ?? []).map((file, index) => checkedRules(at(`rules[${index}]`), file));
  const dashboards = (input.dashboards ?? []).map((one, index) => checkedDashboard(at(`dashboards[${index}]`), one));
  const own = { rules: values(rules), dashboards: values(dashboards) };
  const problems = [named, settings, ...rules, ...dashboards].flatMap((result) => (result.ok ? [] : result.problems));
  problems.push(...doubledNames(construct, own.rules), ...doubledDashboards(construct, own.dashboards));
  if (settings.ok)
    problems.push(...contractInput(construct, { ...settings.value, environment: input.environment }, own));
  if (problems.length > 0 || !settings.ok || !named.ok) throw new ConfigError(problems);
  return { ...settings.value, environment: named.value, ...own };
}

function checkedName(place: Place, name: string): Checked<string> {
  if (ENVIRONMENT_NAME.test(name)) return { ok: true, value: name };
  const allowed = 'lower-case letters, digits and "-", at most 42 characters';
  return refused(place, { path: '', value: showValue(name), allowed, fix: 'environment: development' });
}

/** Checks and completes what is given to a method. */
export function checkedWith<T>(place: Place, schema: z.ZodType<T>, content: unknown): Checked<T> {
  const result = schema.safeParse(content);
  if (result.success) return { ok: true, value: result.data };
  return refused(place, ...explain(result.error.issues, { file: '', schema, content, lines: NO_LINES }));
}

/** Checks and completes settings, as an environment file's. */
export function checkedSettings(place: Place, content: unknown): Checked<Settings> {
  const texts = textProblems(content, 'refused').map(({ problem }) => problem);
  if (texts.length > 0) return refused(place, ...texts);
  const result = checkedWith(place, environmentSchema, content);
  if (!result.ok) return result;
  const problems = checkSettings(result.value);
  return problems.length > 0 ? refused(place, ...problems) : result;
}

type WithSampling = Settings & Pick<Config, 'samplingStrategies'>;

/** The construct takes the strategies themselves: a path, as a file has it, only says that there are some. */
function withSampling(place: Place, settings: Checked<Settings>, input: Input): Checked<WithSampling> {
  const strategies =
    input.samplingStrategies === undefined ? undefined : checkedSampling(place, input.samplingStrategies);
  if (strategies?.ok === false)
    return { ok: false, problems: [...(settings.ok ? [] : settings.problems), ...strategies.problems] };
  if (!settings.ok) return settings;
  const { jaeger } = settings.value;
  if (strategies !== undefined) {
    const samplingStrategiesFile = jaeger.samplingStrategiesFile ?? place.property;
    return {
      ok: true,
      value: { ...settings.value, jaeger: { ...jaeger, samplingStrategiesFile }, samplingStrategies: strategies.value },
    };
  }
  if (jaeger.samplingStrategiesFile === null)
    return { ok: true, value: { ...settings.value, samplingStrategies: null } };
  return refused(place, {
    path: '',
    allowed: `the content of ${jaeger.samplingStrategiesFile}, which jaeger.samplingStrategiesFile names: a construct reads no file`,
    fix: `samplingStrategies: JSON.parse(readFileSync('${jaeger.samplingStrategiesFile}', 'utf8'))`,
  });
}

const checkedSampling = (place: Place, content: object): Checked<SamplingStrategies> =>
  placed(place, readSampling('', toJson(content)));

/** Checks a rule file. Its content is written and read again, so that the same reader judges it. */
export function checkedRules(place: Place, { name, content }: GivenRuleFile): Checked<RuleFile> {
  if (!name.endsWith('.yaml')) {
    const allowed = 'a file name that ends in .yaml: Prometheus reads no other';
    return refused(place, { path: 'name', value: showValue(name), allowed, fix: `name: '${name}.yaml'` });
  }
  const result = readRuleFile('', name, typeof content === 'string' ? content : toYaml(content));
  // Lines are those of the text that was given.
  return placed({ ...place, property: `${place.property}.content` }, result, typeof content === 'string');
}

/** Checks a dashboard. Its name is its uid: no file is there to name it. */
export function checkedDashboard(place: Place, content: string | object): Checked<UserDashboard> {
  const result = readDashboard('', '', typeof content === 'string' ? content : toJson(content));
  return result.ok
    ? { ok: true, value: { ...result.value, name: `${result.value.uid}.json` } }
    : placed(place, result, typeof content === 'string');
}

/** Dashboards whose uid another one has, or one of ours. */
export function doubledDashboards(construct: string, dashboards: readonly UserDashboard[]): Problem[] {
  return doubledUids(dashboards).map((problem) => ({ ...problem, file: construct, path: 'uid of a dashboard' }));
}

/** Rule files whose name another one has. */
export function doubledNames(construct: string, rules: readonly RuleFile[]): Problem[] {
  const names = rules.map(({ name }) => name);
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => ({
      file: construct,
      path: 'name of a rule file',
      value: showValue(name),
      allowed: 'each name once',
      fix: 'rename one of them',
    }));
}

/** What is wrong with the metrics that rules and dashboards name. */
export function contractInput(
  construct: string,
  environment: Settings & Pick<Config, 'environment'>,
  own: OwnFiles,
): Problem[] {
  return contractProblems([environment], own).map((problem) => inProps(construct, environment.environment, problem));
}

/** A problem in the words of a construct: people who use it have neither an environment file nor the folders beside it. */
export function inProps(construct: string, environment: string, problem: Problem): Problem {
  const file = `environments/${environment}.yaml`;
  const inWords = (text: string) => text.replaceAll(file, 'props.settings');
  return {
    ...problem,
    file: construct,
    line: undefined,
    path: problem.file === file ? below('props.settings', problem.path) : `${problem.file} ${problem.path}`,
    allowed: inWords(problem.allowed),
    fix: inWords(problem.fix),
  };
}

const below = (property: string, path: string): string =>
  path === '' || path.startsWith('[') ? `${property}${path}` : `${property}.${path}`;

/** Puts problems below a property. A line is only said where people wrote lines. */
function placed<T>(place: Place, result: Checked<T>, hasLines = false): Checked<T> {
  if (result.ok) return result;
  const problems = result.problems.map(({ line, ...problem }) => ({
    ...problem,
    file: place.construct,
    path: `${below(place.property, problem.path)}${hasLines && line !== undefined ? ` (line ${line})` : ''}`,
  }));
  return { ok: false, problems };
}

const refused = (place: Place, ...problems: readonly Omit<Problem, 'file'>[]): { ok: false; problems: Problem[] } => ({
  ok: false,
  problems: problems.map((problem) => ({
    ...problem,
    file: place.construct,
    path: below(place.property, problem.path),
  })),
});

const values = <T>(results: readonly Checked<T>[]): T[] =>
  results.flatMap((result) => (result.ok ? [result.value] : []));
