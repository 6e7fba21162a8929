/** Rule files and dashboards that a construct is given. */
import { readDashboard, type UserDashboard } from '../../config/files/dashboards';
import { doubledUids } from '../../config/files/folder-checks';
import type { Checked } from '../../config/files/parse';
import { type RuleFile, readRuleFile } from '../../config/files/rules';
import { type Problem, showValue } from '../../config/problems';
import { toJson, toYaml } from '../../lib/config-file';
import { expressionProblems, type OwnFiles } from '../../stack/expression-checks';
import type { Settings } from '../../stack/settings';
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

/** Checks a dashboard. */
export function checkedDashboard(place: Place, { name, content }: DashboardInput): Checked<UserDashboard> {
  const result = readDashboard('', name, typeof content === 'string' ? content : toJson(content));
  return placed({ ...place, property: `${place.property}.content` }, result, typeof content === 'string');
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
export function expressionInput(
  construct: string,
  environment: Settings & { readonly environment: string },
  own: OwnFiles,
): Problem[] {
  return expressionProblems([environment], own).map((problem) => inProps(construct, environment.environment, problem));
}
