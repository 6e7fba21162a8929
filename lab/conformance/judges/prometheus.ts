/** promtool on each Prometheus: its configuration, every rule file, and the unit tests of the rules that it has. */
import { basename } from 'node:path';
import { parse } from 'yaml';
import type { ManifestSet } from '../manifests';
import { PodRoot } from '../pod-root';
import { configOf, filesOf, type ProgramPod, runningImage } from '../pods';
import { ruleTests } from '../rule-tests';
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
  const { files, untested } = ruleTests(rules.map(([file, text]) => ({ file, content: parse(text) })));
  for (const [file, tests] of files) {
    const name = `/tests/${basename(file)}`;
    root.write(name, JSON.stringify(tests));
    judgements.push(await check(`unit tests of ${file}`, ['test', 'rules', name]));
  }
  return { judgements, notJudged: untested.map((alert) => `alert ${alert} has no unit test`) };
}

/** promtool passes a pattern that matches no file: every rule file that is mounted must be found by the configuration. */
async function matched(
  content: Readonly<Record<string, unknown>>,
  rules: readonly (readonly [string, string])[],
  root: PodRoot,
  path: string,
): Promise<Judgement[]> {
  const patterns = (content.rule_files ?? []) as readonly string[];
  const { output } = await root.run('promtool', ['check', 'config', path]);
  const found = Number(output.match(/SUCCESS: (\d+) rule files? found/)?.[1] ?? 0);
  const problem = `${patterns.join(', ')} match ${found} files, and ${rules.length} are mounted`;
  return [{ subject: 'rule_files', problem: found === rules.length && found > 0 ? null : problem }];
}
