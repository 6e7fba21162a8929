/** Rule files and dashboards that are passed to a construct. */
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

/** Checks a rule file. An object is written as YAML and parsed again, so that the same parser checks both forms. */
export function checkedRules(place: Place, { name, content }: RuleFileInput): Checked<RuleFile> {
  if (!name.endsWith('.yaml')) {
    const allowed = 'a file name that ends in .yaml: Prometheus reads no other';
    return refused(place, { path: 'name', value: showValue(name), allowed, fix: `name: '${name}.yaml'` });
  }
  const result = readRuleFile('', name, typeof content === 'string' ? content : toYaml(content));
  // Line numbers refer to the given text.
  return placed({ ...place, property: `${place.property}.content` }, result, typeof content === 'string');
}

/** Checks a dashboard. */
export function checkedDashboard(place: Place, { name, content }: DashboardInput): Checked<UserDashboard> {
  const result = readDashboard('', name, typeof content === 'string' ? content : toJson(content));
  return placed({ ...place, property: `${place.property}.content` }, result, typeof content === 'string');
}

/** Dashboards with a duplicate uid, or with that of one of the stack's dashboards. */
export function doubledDashboards(construct: string, dashboards: readonly UserDashboard[]): Problem[] {
  return doubledUids(dashboards).map((problem) => ({ ...problem, file: construct, path: 'uid of a dashboard' }));
}

/** Rule files with a duplicate name. */
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

/** Problems of the metrics in rules and dashboards. */
export function expressionInput(
  construct: string,
  environment: Settings & { readonly environment: string },
  own: OwnFiles,
): Problem[] {
  return expressionProblems([environment], own).map((problem) => inProps(construct, environment.environment, problem));
}
