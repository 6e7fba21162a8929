/**
 * What a construct is given, checked as the files of a project are: the same schemas, the same words, all problems at once. Nothing
 * here reads a file.
 */
import type { z } from 'zod';
import { toJson } from '../../lib/config-file';
import { checkSettings } from '../checks';
import type { EnvironmentInput } from '../environment-input';
import { explain } from '../explain';
import type { Checked } from '../files/parse';
import { readSampling, type SamplingStrategies } from '../files/sampling';
import type { Config } from '../load';
import { ConfigError, showValue } from '../problems';
import { environmentSchema, type Settings } from '../schema';
import type { StackFiles } from '../stack-files';
import { textProblems } from '../texts';
import { checkedDashboard, checkedRules, contractInput, doubledDashboards, doubledNames } from './files';
import { type Place, placed, refused } from './place';

/** What is given. */
export interface Input extends StackFiles {
  readonly environment: string;
  readonly settings?: EnvironmentInput;
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

const values = <T>(results: readonly Checked<T>[]): T[] =>
  results.flatMap((result) => (result.ok ? [result.value] : []));
