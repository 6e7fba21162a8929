/** Whatever synth accepts, the programs accept: environments and rule files by chance, with texts that mean something to a program. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { type RuleFile, readRuleFile } from '../../config/files/rules';
import { ConfigError } from '../../config/problems';
import { programPath } from '../../lab/cache';
import { ask } from '../../lab/commands';
import { judgeAlertmanager } from '../../lab/conformance/judges/alertmanager';
import { judgeCollector } from '../../lab/conformance/judges/collector';
import { judgeJaegerByProgram } from '../../lab/conformance/judges/jaeger';
import { readManifests } from '../../lab/conformance/manifests';
import { configOf, filesOf } from '../../lab/conformance/pod-files';
import { PodRoot } from '../../lab/conformance/pod-root';
import { runningImage } from '../../lab/conformance/pods';
import { buildStack, synthStack } from '../../stack/apps';
import { StackError } from '../../stack/checks/stack';
import { expressionProblems } from '../../stack/expression-checks';
import { LOADED, REFUSED_FILES } from '../config/rule-file-cases';
import { configFrom } from '../support';
import { environment } from '../valid-environments';
import { hostile, ruleFile } from './hostile-environments';
import { seedOf } from './seed';

const folder = mkdtempSync(join(tmpdir(), 'differential-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A rule file, where synth accepts it. */
function accepted(text: string): RuleFile | undefined {
  const file = readRuleFile('rules/own.yaml', 'own.yaml', text);
  if (!file.ok) return undefined;
  const problems = expressionProblems([configFrom('')], { rules: [file.value], dashboards: [] });
  return problems.length === 0 ? file.value : undefined;
}

/** What promtool says of a rule file; undefined: it loads. */
async function refusal(text: string): Promise<string | undefined> {
  const file = join(folder, 'own.yaml');
  writeFileSync(file, text);
  const { code, output } = await ask(programPath('promtool'), ['check', 'rules', '--lint=none', file]);
  return code === 0 ? undefined : output;
}

test.each(REFUSED_FILES)('promtool refuses %s', async (_what, text) => {
  expect(await refusal(text)).toBeDefined();
});

test.each(LOADED)('promtool loads %s', async (_what, text) => expect(await refusal(text)).toBeUndefined());

test('promtool loads every rule file that synth accepts', async () => {
  let count = 0;
  const property = fc.asyncProperty(ruleFile, async (content) => {
    const text = stringify(content);
    if (accepted(text) === undefined) return;
    count++;
    expect(await refusal(text)).toBeUndefined();
  });
  const seed = seedOf();
  await fc.assert(property, { numRuns: 1500, seed });
  console.log(`seed ${seed}: synth accepted ${count} of 1500 rule files`);
  expect(count).toBeGreaterThan(50);
});

/** What the programs say of the rendered files of an environment. */
async function problemsOf(text: string, name: string): Promise<readonly string[]> {
  const outdir = join(folder, name);
  synthStack(buildStack(configFrom(text), outdir));
  const set = readManifests(outdir);
  const problems: string[] = [];
  for (const judge of [judgeCollector, judgeAlertmanager, judgeJaegerByProgram])
    for (const { subject, problem } of (await judge(set)).judgements)
      if (problem !== null) problems.push(`${subject}: ${problem}`);
  for (const program of runningImage(set, 'prometheus')) {
    const root = new PodRoot(set, program);
    const { path } = configOf(set, program, '--config.file');
    const rules = [...filesOf(set, program).keys()].filter((file) => file !== path);
    for (const args of [
      ['check', 'config', '--lint=none', path],
      ['check', 'rules', '--lint=none', ...rules],
    ]) {
      const { code, output } = await root.run('promtool', args);
      if (code !== 0) problems.push(output);
    }
    root.remove();
  }
  rmSync(outdir, { recursive: true, force: true });
  return problems;
}

test('a URL with the reference to a file is sent to as it is: the Collector looks for no file', async () => {
  const url = 'https://store.example.com/${file:/nowhere}/$${env:NOTHING}/v1/metrics';
  const text = stringify({ collector: { otlpMetrics: [{ name: 'own', url }], queue: { storage: '1Ti' } } });
  expect(await problemsOf(text, 'references')).toEqual([]);
});

/** Whether synth accepts an environment. */
function isAccepted(text: string): boolean {
  try {
    buildStack(configFrom(text), 'unused');
    return true;
  } catch (error) {
    if (error instanceof ConfigError || error instanceof StackError) return false;
    throw error;
  }
}

/** Environments that are judged: Jaeger alone is started for some seconds in each. */
const JUDGED = 8;

test('the programs accept what synth renders of every environment that it accepts', async () => {
  const seed = seedOf();
  const drawn = fc.sample(fc.tuple(environment, hostile), { numRuns: 120, seed });
  const texts = drawn.map(([input, change]) => stringify({ ...input, ...change(input) })).filter(isAccepted);
  console.log(`seed ${seed}: synth accepted ${texts.length} of ${drawn.length} environments; ${JUDGED} are judged`);
  expect(texts.length).toBeGreaterThanOrEqual(JUDGED);
  for (const [index, text] of texts.slice(0, JUDGED).entries())
    expect({ text, problems: await problemsOf(text, `environment-${index}`) }).toEqual({ text, problems: [] });
});
