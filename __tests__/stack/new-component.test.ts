/** A component is its own folder, its name in the table of contents, and its image: docs/extending.md, in a copy of the project. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { DASHBOARD_UIDS } from '../../lib/dashboard-uids';
import type { Manifest } from '../../stack/checks/manifest';
import type { File, Panel } from '../content/dashboards/dashboard-files';
import { configFile, ROOT } from '../support';

const ROOMS = [
  'charts',
  'config',
  'content',
  'lab',
  'lib',
  'metrics',
  'promql',
  'stack',
  'verbs',
  'scripts',
  'imports',
];
const FILES = ['main.ts', 'package.json', 'package-lock.json'];

/** The block of code in docs/extending.md. */
const [, ECHO = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs/extending.md'), 'utf8')) ?? [];

const IMAGE = `  echo: {
    title: 'the image of echo',
    registry: DOCKER_HUB,
    repository: 'example/echo',
    tag: 'v1.0.0',
    digest: null,
    upstream: 'https://example.com/echo',
  },
} as const satisfies`;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'component-'));
  for (const name of [...ROOMS, ...FILES]) cpSync(join(ROOT, name), join(root, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const change = (file: string, edit: (text: string) => string) => {
    const before = readFileSync(join(root, file), 'utf8');
    expect(edit(before)).not.toBe(before);
    writeFileSync(join(root, file), edit(before));
  };
  write('charts/echo/index.ts', ECHO);
  change('charts/index.ts', (text) =>
    text.replace('\n\n', "\nimport { echo } from './echo';\n\n").replace('\n} as const', '\n  echo,\n} as const'),
  );
  change('config/images.ts', (text) => text.replace('} as const satisfies', IMAGE));
});
afterAll(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const run = (program: string, ...args: string[]) =>
  execFileSync(process.execPath, [program, ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe' });

test('a new component compiles, and nothing else has to be edited', () => {
  const options = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
  write(
    'tsconfig.json',
    JSON.stringify({ ...options, include: [...ROOMS.filter((room) => room !== 'imports'), 'main.ts'] }),
  );
  expect(run(join(ROOT, 'node_modules/typescript/bin/tsc'), '--noEmit')).toBe('');
});

test('it is rendered, scraped, let through, watched, and shown', () => {
  write('environments/toy.yaml', 'echo: {enabled: true}\n');
  run(join(root, 'scripts/app.js'), 'main.ts');
  const objects = (file: string) =>
    parseAllDocuments(readFileSync(join(root, 'dist/toy', file), 'utf8')).map(
      (document) => document.toJSON() as Manifest,
    );
  const text = (file: string) => JSON.stringify(objects(file));
  expect(objects('92-echo.k8s.yaml').map(({ kind }) => kind)).toEqual(['ServiceAccount', 'Deployment', 'Service']);
  expect(objects('10-network.k8s.yaml').map(({ metadata }) => metadata.name)).toContain('echo');
  expect(text('30-prometheus.k8s.yaml')).toContain('job_name: echo');
  expect(text('30-prometheus.k8s.yaml')).toContain('alert: EchoFails');
  const [row] = overviewRows(objects('50-grafana.k8s.yaml')).slice(-1);
  expect(row).toMatchObject({ title: 'Does echo answer?', collapsed: true, panels: [{ title: 'Echo requests' }] });
});

/** The headings on the overview dashboard. */
function overviewRows(manifests: readonly Manifest[]): readonly Panel[] {
  const uid = DASHBOARD_UIDS.janServer;
  const { panels } = configFile<File>(manifests, `grafana-dashboard-${uid}`, `${uid}.json`);
  return panels.filter(({ type }) => type === 'row');
}

test('its key is checked like every other', () => {
  write('environments/toy.yaml', 'echo: {enabled: 1}\nnetwork: {allowFrom: [{namespace: a, to: echo}]}\n');
  let message = '';
  try {
    run(join(root, 'scripts/app.js'), 'main.ts');
  } catch (error) {
    message = String((error as { stderr: string }).stderr);
  }
  expect(message).toContain('echo.enabled');
  expect(message).toContain('network.allowFrom[0].to');
});
