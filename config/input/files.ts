/** Rule files and dashboards that a construct is given. */
import { toJson, toYaml } from '../../lib/config-file';
import { contractProblems, type OwnFiles } from '../files/contract-checks';
import { readDashboard, type UserDashboard } from '../files/dashboards';
import { doubledUids } from '../files/folder-checks';
import type { Checked } from '../files/parse';
import { type RuleFile, readRuleFile } from '../files/rules';
import { type Problem, showValue } from '../problems';
import type { Settings } from '../schema';
import type { DashboardInput, RuleFileInput } from '../stack-files';
import { inProps, type Place, placed, refused } from './place';

/** Checks a rule file. Its content is written and read again, so that the same reader judges it. */
export function checkedRules(place: Place, { name, content }: RuleFileInput): Checked<RuleFile> {
  if (!name.endsWith('.yaml')) {
    const allowed = 'a file name that ends in .yaml: Prometheus reads no other';
    return refused(place, { path: 'name', value: showValue(name), allowed, fix: `name: '${name}.yaml'` });
  }
  const result = readRuleFile('', name, typeof content === 'string' ? content : toYaml(content));
  // Lines are those of the text that was given.
  return placed({ ...place, property: `${place.property}.content` }, result, typeof content === 'string');
}

/** Checks a dashboard. Its name is its uid: no file is there to name it. */
export function checkedDashboard(place: Place, content: DashboardInput): Checked<UserDashboard> {
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
  environment: Settings & { readonly environment: string },
  own: OwnFiles,
): Problem[] {
  return contractProblems([environment], own).map((problem) => inProps(construct, environment.environment, problem));
}
