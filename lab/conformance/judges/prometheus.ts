/** promtool on each Prometheus: its configuration, every rule file, and the unit tests of its rules. */
import { parse } from 'yaml';
import type { ManifestSet } from '../manifests';
import { configOf, filesOf } from '../pod-files';
import { PodRoot } from '../pod-root';
import { type ProgramPod, runningImage } from '../pods';
import { type RuleTest, ruleTests, type TestedRule, testFile } from '../rule-tests';
import type { Judgement, Ruling } from '../verdicts';
import { filesNamed } from './files-named';

const LINT = ['--lint=all', '--lint-fatal'];

/** Judges each Prometheus. */
export async function judgePrometheus(set: ManifestSet): Promise<Ruling> {
  const rulings: Ruling[] = [];
  for (const program of runningImage(set, 'prometheus')) {
    const root = new PodRoot(set, program);
    try {
      rulings.push(await judge(set, program, root));
    } finally {
      root.remove();
    }
  }
  return {
    judgements: rulings.flatMap(({ judgements }) => judgements),
    notJudged: rulings.flatMap(({ notJudged = [] }) => notJudged),
  };
}

async function judge(set: ManifestSet, program: ProgramPod, root: PodRoot): Promise<Ruling> {
  const check = async (subject: string, args: readonly string[]): Promise<Judgement> => {
    const { code, output } = await root.run('promtool', args);
    return { subject, problem: code === 0 ? null : output.trim() };
  };
  const { path, content } = configOf(set, program, '--config.file');
  const rules = [...filesOf(set, program)].filter(([file]) => file !== path && file.endsWith('.yaml'));
  const judgements = [
    await check(path, ['check', 'config', ...LINT, path]),
    ...(await matched(content, rules, root, path)),
    ...filesNamed(content, root),
  ];
  for (const [file] of rules) judgements.push(await check(file, ['check', 'rules', ...LINT, file]));
  const tested = rules.flatMap(([, text]) => rulesOf(parse(text)));
  const { tests, untested } = ruleTests(tested, set.alerts);
  judgements.push(...(await unitTests(root, tests)));
  return { judgements, notJudged: untested.map((alert) => `alert ${alert} of the user's own has no unit test`) };
}

interface Groups {
  readonly groups: readonly { readonly rules: readonly TestedRule[] }[];
}
const rulesOf = ({ groups }: Groups) => groups.flatMap(({ rules }) => rules);

/** All tests in one process, because starting it takes longer than the tests. */
async function unitTests(root: PodRoot, tests: readonly RuleTest[]): Promise<Judgement[]> {
  for (const { alert, rules, tests: cases } of tests) {
    root.write(`/tests/${alert}.rules.json`, JSON.stringify(rules));
    root.write(`/tests/${alert}.json`, JSON.stringify(testFile(`/tests/${alert}.rules.json`, cases)));
  }
  if (tests.length === 0) return [];
  const { output } = await root.run('promtool', ['test', 'rules', ...tests.map(({ alert }) => `/tests/${alert}.json`)]);
  return tests.map(({ alert }) => {
    const [, result = 'promtool printed no result'] = output.split(`/tests/${alert}.json\n`);
    const answer = result.split('Processing test file: ')[0]?.trim() ?? '';
    return { subject: `unit tests of ${alert}`, problem: answer === 'SUCCESS' ? null : answer };
  });
}

/** promtool accepts a pattern that matches no file. So every mounted rule file must be found by the configuration. */
async function matched(
  content: Readonly<Record<string, unknown>>,
  rules: readonly (readonly [string, string])[],
  root: PodRoot,
  path: string,
): Promise<Judgement[]> {
  const patterns = (content.rule_files ?? []) as readonly string[];
  const { output } = await root.run('promtool', ['check', 'config', path]);
  const found = Number(output.match(/SUCCESS: (\d+) rule files? found/)?.[1] ?? 0);
  const problem = `${patterns.join(', ')} match ${found} files, but ${rules.length} are mounted`;
  return [{ subject: 'rule_files', problem: found === rules.length && found > 0 ? null : problem }];
}
