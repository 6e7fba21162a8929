import { RULE_FILE_YAML, type RuleFileContent, ruleFileSchema } from '../../promql/rules/schema';
import type { LineIndex } from '../yaml-file';
import { type Checked, parseFile, promqlProblem } from './parse';

/** A rule file of the user, validated. */
export interface RuleFile {
  /** File name without folder, such as `payments.yaml`. */
  readonly name: string;
  readonly content: RuleFileContent;
  readonly lines: LineIndex;
}

/** A valid key of a ConfigMap, shorter by the prefix that is added. */
const FILE_NAME = /^[-._a-zA-Z0-9]{1,240}$/;

/** Parses a rule file, and each of its expressions. */
export function readRuleFile(file: string, name: string, text: string): Checked<RuleFile> {
  if (!FILE_NAME.test(name)) {
    const allowed = 'file names of letters, digits, "-", "_" and ".", at most 240 characters';
    return { ok: false, problems: [{ file, path: '', allowed, fix: 'rename the file' }] };
  }
  const read = (content: RuleFileContent, lines: LineIndex): Checked<RuleFile> => {
    const problems = content.groups.flatMap((group, g) =>
      group.rules.flatMap(({ expr }, r) =>
        promqlProblem(file, `groups[${g}].rules[${r}].expr`, expr, 'rule').map((problem) => ({
          ...problem,
          line: lines.lineOf(['groups', g, 'rules', r, 'expr']),
        })),
      ),
    );
    return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { name, content, lines } };
  };
  return parseFile(file, text, ruleFileSchema, read, RULE_FILE_YAML);
}
