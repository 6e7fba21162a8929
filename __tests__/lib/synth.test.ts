/** The writer of manifests for Apps of other people. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Testing, Yaml, YamlOutputType } from 'cdk8s';
import { synth } from '../../lib/synth';
import { writeYaml } from '../../lib/yaml';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function appWith(data: Record<string, string>, yamlOutputType?: YamlOutputType): App {
  const { outdir } = Testing.app();
  folders.push(outdir);
  const app = new App({ outdir, yamlOutputType });
  for (const name of ['one', 'two']) {
    const chart = new Chart(app, name);
    new ApiObject(chart, 'x', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
  }
  return app;
}

const written = ({ outdir }: App): Record<string, string> =>
  Object.fromEntries(
    readdirSync(outdir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]),
  );

/** Texts that the two writers write in different ways: all that we know of, and the whole difference. */
const DIFFERENT = [
  '0o14',
  '0X1F',
  '0B11',
  '<<',
  '=',
  'a\u0085b',
  'a\u2028b',
  '\ufeffx',
  'a\tb',
  '  a\nb',
  '\na',
  '\x7f',
];
/** Texts that are numbers, dates or booleans to some reader, and that both writers put into quotes. */
const SAME = [
  '0x1F',
  '0b11',
  '014',
  '1_000',
  '12:30:45',
  '2026-01-02',
  'yes',
  'on',
  '~',
  'null',
  '.5',
  '1e3',
  '',
  'x\n',
];

test('it writes what app.synth() writes, but for texts that its writer leaves to be read as something else', () => {
  for (const text of SAME) expect(Yaml.stringify({ text })).toBe(writeYaml({ text }));
  for (const text of DIFFERENT) expect(Yaml.stringify({ text })).not.toBe(writeYaml({ text }));
});

test.each([
  YamlOutputType.FILE_PER_APP,
  YamlOutputType.FILE_PER_CHART,
  YamlOutputType.FILE_PER_RESOURCE,
  YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
])('with the file names of app.synth(): yamlOutputType %s', (type) => {
  const [one, other] = [appWith({ text: 'plain' }, type), appWith({ text: 'plain' }, type)];
  one.synth();
  synth(other);
  expect(written(other)).toEqual(written(one));
});

test('every text is written as our other manifests are, which Go and PyYAML have judged', () => {
  const app = appWith(Object.fromEntries([...DIFFERENT, ...SAME].map((text, index) => [`k${index}`, text])));
  synth(app);
  const expected = app.charts.map((chart) => [`${chart.node.id}.k8s.yaml`, writeYaml(...chart.toJson())]);
  expect(written(app)).toEqual(Object.fromEntries(expected));
});

test("cdk8s' own writer is back afterwards, also when an App is refused, and then nothing is written", () => {
  const { save } = Yaml;
  const app = appWith({});
  app.node.addValidation({ validate: () => ['refused'] });
  expect(() => synth(app)).toThrow('refused');
  expect(Yaml.save).toBe(save);
  expect(written(app)).toEqual({});
});
