/**
 * Checks the input of a construct like the files of a project: the same schemas, the same messages, all problems at once. Nothing here
 * reads a file.
 */
import type * as z from 'zod';
import type { EnvironmentInput } from '../../config/environment-input';
import { explain } from '../../config/explain';
import type { Checked } from '../../config/files/parse';
import { readSampling, type SamplingStrategies } from '../../config/files/sampling';
import { ConfigError, showValue } from '../../config/problems';
import { textProblems } from '../../config/texts';
import { NO_LINES } from '../../config/yaml-file';
import { toJson } from '../../lib/config-file';
import type { Config } from '../../stack/config';
import { readSettingsOf } from '../../stack/input';
import type { Settings } from '../../stack/settings';
import type { StackFiles } from '../stack-files';
import { checkedDashboard, checkedRules, doubledDashboards, doubledNames, expressionInput } from './files';
import { type Place, placed, refused } from './place';

/** The input. */
export interface Input extends StackFiles {
  readonly environment: string;
  readonly settings?: EnvironmentInput;
}

const ENVIRONMENT_NAME = /^[a-z0-9]([-a-z0-9]{0,40}[a-z0-9])?$/;

/**
 * Checks the properties of a construct.
 * @param construct the construct's path, for error messages
 * @throws ConfigError with every problem
 */
export function checkedInput(construct: string, input: Input): Config {
  const at = (property: string): Place => ({ construct, property: `props.${property}` });
  const named = checkedName(at('environment'), input.environment);
  const settings = checkedSettings(at('settings'), input.settings ?? {});
  const sampling = checkedSampling(at('samplingStrategies'), settings, input.samplingStrategies);
  const rules = (input.rules ?? []).map((file, index) => checkedRules(at(`rules[${index}]`), file));
  const dashboards = (input.dashboards ?? []).map((one, index) => checkedDashboard(at(`dashboards[${index}]`), one));
  const own = { rules: values(rules), dashboards: values(dashboards) };
  const results = [named, settings, sampling, ...rules, ...dashboards];
  const problems = results.flatMap((result) => (result.ok ? [] : result.problems));
  problems.push(...doubledNames(construct, own.rules), ...doubledDashboards(construct, own.dashboards));
  if (settings.ok)
    problems.push(...expressionInput(construct, { ...settings.value, environment: input.environment }, own));
  if (problems.length > 0 || !sampling.ok || !settings.ok) throw new ConfigError(problems);
  const samplingStrategies = sampling.value;
  const { environment } = input;
  return { ...withSampling(settings.value, samplingStrategies), environment, samplingStrategies, ...own };
}

function checkedName(place: Place, name: string): Checked<string> {
  if (ENVIRONMENT_NAME.test(name)) return { ok: true, value: name };
  const allowed = 'lower-case letters, digits and "-", at most 42 characters';
  return refused(place, { path: '', value: showValue(name), allowed, fix: 'environment: development' });
}

/** Checks the arguments of a method, and fills in defaults. */
export function checkedWith<T>(place: Place, schema: z.ZodType<T>, content: unknown): Checked<T> {
  const result = schema.safeParse(content);
  if (result.success) return { ok: true, value: result.data };
  return refused(place, ...explain(result.error.issues, { file: '', schema, content, lines: NO_LINES }));
}

/** Checks settings like those of an environment file, and fills in defaults. */
function checkedSettings(place: Place, content: unknown): Checked<Settings> {
  const texts = textProblems(content, 'refused').map(({ problem }) => problem);
  return texts.length > 0 ? refused(place, ...texts) : placed(place, readSettingsOf('', content));
}

/** The construct takes the strategies themselves. A path alone, as in an environment file, is an error. */
function checkedSampling(
  place: Place,
  settings: Checked<Settings>,
  strategies: object | undefined,
): Checked<SamplingStrategies | null> {
  if (strategies !== undefined) return placed(place, readSampling('', toJson(strategies)));
  const file = settings.ok ? settings.value.jaeger.samplingStrategiesFile : null;
  if (file === null) return { ok: true, value: null };
  return refused(place, {
    path: '',
    allowed: `the content of ${file}, which jaeger.samplingStrategiesFile names: a construct reads no file`,
    fix: `samplingStrategies: JSON.parse(readFileSync('${file}', 'utf8'))`,
  });
}

/** In an environment file, the path enables the ports; here the strategies alone do. */
const withSampling = (settings: Settings, strategies: SamplingStrategies | null): Settings => {
  if (strategies === null) return settings;
  const samplingStrategiesFile = settings.jaeger.samplingStrategiesFile ?? 'samplingStrategies.json';
  return { ...settings, jaeger: { ...settings.jaeger, samplingStrategiesFile } };
};

const values = <T>(results: readonly Checked<T>[]): T[] =>
  results.flatMap((result) => (result.ok ? [result.value] : []));
