/** Code that people copy: the blocks of docs/library.md, and the examples in the comments of the public API. Each is compiled and run. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support';

jest.setTimeout(60_000);

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const WHOLE = "import { App } from 'cdk8s';\n";

/** A block that makes an App begins a program; the others go on with the one before. */
function programsOf(page: string): string[] {
  const programs: string[] = [];
  for (const [, code = ''] of page.matchAll(/^```ts\n(.*?)^```/gms)) {
    const before = code.startsWith(WHOLE) ? undefined : programs.pop();
    programs.push(before === undefined ? code : `${before.replace(/^synth\(app\);\n/m, '')}${code}`);
  }
  return programs;
}

/** The files that index.ts exports something of. */
const publicFiles = (): string[] =>
  [...read('index.ts').matchAll(/ from '\.\/(.*)';/g)].map(([, file]) => `${file}.ts`);

/** The examples in the comments of a file. */
const examplesOf = (file: string): string[] =>
  [...read(file).matchAll(/^ *\* @example\n((?: *\*(?! @| *\/).*\n)+)/gm)].map(([, text = '']) =>
    text.replace(/^ *\* ?/gm, ''),
  );

const START = `${WHOLE}import { ObservabilityStack, synth } from 'cdk8s-observability';
const app = new App();
const stack = new ObservabilityStack(app, 'observability', { environment: 'test', settings: { janServer: null } });
`;

const programs: readonly (readonly [string, string])[] = [
  ...programsOf(read('docs/library.md')).map(
    (code, index) => [`page-${index}`, code.includes('synth(') ? code : `${code}synth(app);\n`] as const,
  ),
  ...publicFiles().flatMap((file) =>
    examplesOf(file).map((code, index) => {
      const name = `${file.replace(/\W/g, '-')}-${index}`;
      return [name, code.startsWith(WHOLE) ? code : `${START}${code}synth(app);\n`] as const;
    }),
  ),
];

// Below the project, where its packages are found.
let folder: string;
beforeAll(() => {
  mkdirSync(join(ROOT, '.build'), { recursive: true });
  folder = mkdtempSync(join(ROOT, '.build/page-'));
  const compilerOptions = { declaration: false, noUnusedLocals: false };
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.json', compilerOptions, include: ['*.ts'] }),
  );
  mkdirSync(join(folder, 'dashboards'));
  writeFileSync(join(folder, 'dashboards/shop.json'), '{ "uid": "shop", "title": "Shop" }');
  for (const [name, code] of programs) writeFileSync(join(folder, `${name}.ts`), `${code}export {};\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('there are some of the page, of the construct, and of each of its methods', () => {
  const all = programs.map(([, code]) => code).join('\n');
  for (const part of [
    'scopeOf:',
    'addressFor(',
    'urlFor(',
    'apiObject(',
    'scrape(',
    'addRules(',
    'addDashboard(',
    'allow(',
  ])
    expect(all).toContain(part);
  expect(programs.filter(([name]) => name.startsWith('page-')).length).toBeGreaterThan(1);
});

test('all of them compile', () => {
  const { stdout, status } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

test('all of them write manifests', () => {
  const files = programs.map(([name]) => join(folder, `${name}.ts`));
  const options = [
    '--bundle',
    '--packages=external',
    '--platform=node',
    '--log-level=warning',
    `--outdir=${folder}/out`,
  ];
  const bundle = spawnSync(join(ROOT, 'node_modules/.bin/esbuild'), [...files, ...options], { encoding: 'utf8' });
  expect(bundle.stderr).toBe('');
  // One process for all, so that cdk8s is loaded once.
  const script = `
    for (const name of ${JSON.stringify(programs.map(([name]) => name))}) {
      process.env.CDK8S_OUTDIR = 'dist/' + name;
      try { require('./out/' + name + '.js'); } catch (error) { console.error(name, error); }
    }`;
  const { stderr, status } = spawnSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  for (const [name] of programs) {
    const written = readdirSync(join(folder, 'dist', name), { recursive: true });
    expect(written.filter((file) => String(file).includes('20-collector'))).toHaveLength(1);
  }
});
