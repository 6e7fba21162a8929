/** What is written is what programs read: kubectl, the Collector, Prometheus and PyYAML, each by its own library. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { readDashboard } from '../../../config/files/dashboards';
import { readRuleFile } from '../../../config/files/rules';
import { programPath } from '../../../lab/cache';
import { ask, must } from '../../../lab/commands';
import { writeYaml } from '../../../lib/yaml';
import { anyDocument, ODD_TEXTS } from '../../lib/texts';
import { allStacks, chartsOf, ROOT, render, stackFrom } from '../../support';

/** What each reader reads in one text. */
type Answer = Readonly<Record<string, unknown>>;

const GO_READERS = ['go.yaml.in/yaml/v2', 'go.yaml.in/yaml/v3', 'sigs.k8s.io/yaml'];

const readByGo = async (texts: readonly string[]): Promise<readonly Answer[]> =>
  JSON.parse(await must(programPath('yaml-reader'), [], { input: JSON.stringify(texts) }));

/** Documents where kubectl cuts them: at a line that begins with three dashes (apimachinery, util/yaml). */
const documentsOf = (text: string) => text.split(/^---\n/m).filter((document) => document.trim() !== '');

/** The YAML files inside the ConfigMaps of manifests. */
const configFilesOf = (manifests: readonly unknown[]) =>
  (manifests as readonly { kind: string; data?: Record<string, string> }[])
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ data = {} }) => Object.entries(data).filter(([name]) => name.endsWith('.yaml')))
    .map(([, text]) => text);

/** What a reader of YAML 1.2 reads: the text as its writer meant it. */
const meant = (text: string) => parseAllDocuments(text).map((document) => document.toJS());

async function expectSame(texts: readonly string[]): Promise<void> {
  const answers = await readByGo(texts);
  texts.forEach((text, index) => {
    const [content] = meant(text);
    for (const reader of GO_READERS) expect([text, answers[index]?.[reader]]).toEqual([text, content]);
  });
}

const dist = readdirSync(join(ROOT, 'dist'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

test('every committed manifest, and every file in its ConfigMaps', async () => {
  const manifests = dist.flatMap(documentsOf);
  expect(manifests.length).toBeGreaterThan(100);
  await expectSame(manifests);
  await expectSame(configFilesOf(manifests.flatMap(meant)));
});

test('every manifest of the fixtures', async () => {
  for (const { stack } of allStacks()) {
    const manifests = chartsOf(stack).flatMap(([, text]) => documentsOf(text));
    await expectSame(manifests);
    await expectSame(configFilesOf(manifests.flatMap(meant)));
  }
});

const contents = [
  ...ODD_TEXTS.map((text) => ({ value: text, ...(text !== '__proto__' && { [text]: 1 }), list: [text, [text]] })),
  ...fc.sample(anyDocument, { numRuns: 3000, seed: 20261125 }),
];

test('Go reads any text as it was written', async () => {
  const answers = await readByGo(contents.map((content) => writeYaml(content)));
  contents.forEach((content, index) => {
    for (const reader of GO_READERS) expect(answers[index]?.[reader]).toEqual(content);
  });
});

const PYTHON = 'import json, sys, yaml; json.dump([yaml.safe_load(text) for text in json.load(sys.stdin)], sys.stdout)';

test('PyYAML reads any text as it was written, where it is installed', async () => {
  if ((await ask('python3', ['-c', 'import yaml'])).code !== 0) return;
  const answer = await must('python3', ['-c', PYTHON], {
    input: JSON.stringify(contents.map((content) => writeYaml(content))),
  });
  expect(JSON.parse(answer)).toEqual(contents);
});

test('a header that Go took for a number is a text for the Collector', async () => {
  const url = 'https://m.example.com/v1/metrics';
  const store = { name: 'm', url, headers: { 'X-Scope-OrgID': '0o14' } };
  const manifests = render(writeYaml({ collector: { queue: { storage: '20Gi' }, otlpMetrics: [store] } }));
  const [config = ''] = configFilesOf(manifests).filter((file) => file.includes('X-Scope-OrgID'));
  const [answer] = await readByGo([config]);
  for (const reader of GO_READERS) expect(JSON.stringify(answer?.[reader])).toContain('"X-Scope-OrgID":"0o14"');
});

interface ConfigMap {
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

test('any text in a dashboard and in a rule arrives as it was written', async () => {
  const texts = ODD_TEXTS.filter((text) => text !== '');
  const text = JSON.stringify(
    { title: 'Odd', uid: 'odd', panels: texts.map((content) => ({ options: { content } })) },
    null,
    2,
  );
  const dashboard = readDashboard('dashboards/odd.json', 'odd.json', text);
  if (!dashboard.ok) throw new Error(JSON.stringify(dashboard.problems));
  const rules = texts.map((summary, index) => ({ alert: `A${index}`, expr: 'up == 0', annotations: { summary } }));
  const file = readRuleFile('rules/odd.yaml', 'odd.yaml', JSON.stringify({ groups: [{ name: 'odd', rules }] }));
  if (!file.ok) throw new Error(JSON.stringify(file.problems));
  const stack = stackFrom('', { dashboards: [dashboard.value], rules: [file.value] });
  const written = chartsOf(stack).flatMap(([, chart]) => documentsOf(chart));
  for (const reader of GO_READERS) {
    const objects = (await readByGo(written)).map((answer) => answer[reader] as ConfigMap);
    const dataOf = (name: string) => Object.values(objects.find(({ metadata }) => metadata.name === name)?.data ?? {});
    expect(dataOf('grafana-dashboard-user-odd')).toEqual([text]);
    const [answer] = await readByGo(dataOf('prometheus-rules-user'));
    expect(answer?.[reader]).toEqual({ groups: [{ name: 'odd', rules }] });
  }
});
