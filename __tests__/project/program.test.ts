/** The program as users run it: real processes in folders of the test's own. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  type Dirent,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support';
import { filesBelow as tree } from '../support/snapshot-files';

/** What may differ from one checkout to the next; the rest is linked. */
const OWN = [
  'environments',
  'rules',
  'dashboards',
  'sampling',
  'dist',
  'docs',
  'config',
  'README.md',
  'environment.schema.json',
];
const LINKED = [
  'node_modules',
  'charts',
  'lab',
  'lib',
  'scripts',
  'main.ts',
  'package.json',
  'package-lock.json',
  'cdk8s.yaml',
];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cdk8s-observability-'));
  for (const name of OWN) cpSync(join(ROOT, name), join(root, name), { recursive: true });
  for (const name of LINKED) symlinkSync(join(ROOT, name), join(root, name));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
const node = (args: readonly string[], env: Record<string, string> = {}): Run =>
  spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', HOME: root, ...env },
  });
const synth = (env?: Record<string, string>) => node([join(ROOT, 'scripts/app.js'), 'scripts/synth.ts'], env);
const main = (env?: Record<string, string>) => node([join(ROOT, 'scripts/app.js'), 'main.ts'], env);

test('what is committed is what is rendered: dist/, documents, schema, README', () => {
  const { status, stderr } = synth();
  expect(stderr).toBe('');
  expect(status).toBe(0);
  for (const name of OWN) {
    const [made, committed] = [join(root, name), join(ROOT, name)];
    if (name.includes('.')) expect(readFileSync(made, 'utf8')).toBe(readFileSync(committed, 'utf8'));
    else expect(tree(made)).toEqual(tree(committed));
  }
});

test.each([0o022, 0o027, 0o077])('rendered files and folders have the modes of the umask %i', (umask) => {
  const before = process.umask(umask);
  try {
    rmSync(join(root, 'docs/runbooks'), { recursive: true });
    expect(synth().status).toBe(0);
  } finally {
    process.umask(before);
  }
  const modes = (folder: string, isWanted: (entry: Dirent) => boolean) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(isWanted)
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mode & 0o777);
  const folders = ['dist', 'docs/runbooks'].map((folder) => statSync(join(root, folder)).mode & 0o777);
  expect(new Set([...folders, ...modes('dist', (entry) => entry.isDirectory())])).toEqual(new Set([0o777 & ~umask]));
  const files = ['dist', 'docs/runbooks'].flatMap((folder) => modes(folder, (entry) => entry.isFile()));
  expect(new Set(files)).toEqual(new Set([0o666 & ~umask]));
});

test('the same bytes in another time zone and language, and with the variables of the seed at odd values', () => {
  const odd = {
    TZ: 'Pacific/Chatham',
    LANG: 'tr_TR.UTF-8',
    LC_ALL: 'tr_TR.UTF-8',
    OTEL_ENABLED: 'perhaps',
    OTEL_SERVICE_NAME: 'x y',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'gopher://nowhere',
    OTEL_HTTP_PORT: '-1',
    OTEL_GRPC_PORT: '99999',
    PROMETHEUS_PORT: 'nine',
    JAEGER_UI_PORT: '',
    GRAFANA_PORT: '0x1',
    GRAFANA_ADMIN_USER: '"; rm -rf /',
    GRAFANA_ADMIN_PASSWORD: 'hunter2',
  };
  expect(main({ CDK8S_OUTDIR: 'one' }).status).toBe(0);
  expect(main({ ...odd, CDK8S_OUTDIR: 'two' }).status).toBe(0);
  expect(tree(join(root, 'two'))).toEqual(tree(join(root, 'one')));
  expect(tree(join(root, 'one'))).toEqual(tree(join(root, 'dist')));
  expect(JSON.stringify(tree(join(root, 'two')))).not.toContain('hunter2');
});

test('npx cdk8s synth writes the same bytes', () => {
  rmSync(join(root, 'dist'), { recursive: true });
  const { status, stderr } = node([join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth'], {
    CDK8S_CHECK_UPGRADE: 'false',
  });
  expect(stderr).not.toMatch(/error/i);
  expect(status).toBe(0);
  expect(tree(join(root, 'dist'))).toEqual(tree(join(ROOT, 'dist')));
});

describe('a configuration that is wrong', () => {
  const current = () => tree(join(root, 'dist'));

  test('is reported in words, exits with 1, and leaves dist/ and the documents as they were', () => {
    writeFileSync(join(root, 'environments/staging.yaml'), 'namespace: monitoring\nprometheus: {retenion: 1d}\n');
    const [dist, docs] = [current(), tree(join(root, 'docs'))];
    const { status, stderr, stdout } = synth();
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('environments/staging.yaml:2  prometheus.retenion');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(current()).toEqual(dist);
    expect(tree(join(root, 'docs'))).toEqual(docs);
    expect(readdirSync(root).filter((name) => name.startsWith('.dist'))).toEqual([]);
  });

  test('does not reach the disk if it is found while the stack is built', () => {
    writeFileSync(join(root, 'environments/staging.yaml'), 'patches: [{kind: ConfigMap, name: nothing, merge: {}}]\n');
    const dist = current();
    const { status, stderr } = synth();
    expect(status).toBe(1);
    expect(stderr).toContain('environments/staging.yaml  patches[0]');
    expect(current()).toEqual(dist);
  });

  test('makes cdk8s synth exit with an error, and write nothing', () => {
    writeFileSync(join(root, 'environments/staging.yaml'), 'namespace: [\n');
    const { status } = node([join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth'], {
      CDK8S_CHECK_UPGRADE: 'false',
    });
    expect(status).not.toBe(0);
    expect(existsSync(join(root, 'dist/staging'))).toBe(false);
  });
});

test('a removed environment is removed from dist/, and what a killed run left is removed', () => {
  mkdirSync(join(root, 'dist/old'));
  writeFileSync(join(root, 'dist/old/x.k8s.yaml'), '');
  mkdirSync(join(root, '.dist-next-killed'));
  expect(synth().status).toBe(0);
  expect(readdirSync(join(root, 'dist'))).toEqual(readdirSync(join(ROOT, 'dist')));
  expect(readdirSync(root).filter((name) => name.startsWith('.dist'))).toEqual([]);
});

test('after a run that was killed between two renames, dist/ is restored', () => {
  cpSync(join(root, 'dist'), join(root, '.dist-old-1'), { recursive: true });
  rmSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'environments/broken.yaml'), 'namespace: [\n');
  expect(synth().status).toBe(1);
  expect(tree(join(root, 'dist'))).toEqual(tree(join(ROOT, 'dist')));
});

test('a changed source is bundled again', () => {
  const file = join(root, 'scripts-probe.ts');
  writeFileSync(file, 'process.stdout.write("one");');
  // A separate project, so that no other bundle is touched.
  cpSync(join(ROOT, 'scripts/app.js'), join(root, 'probe/scripts/app.js'));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'probe/node_modules'));
  writeFileSync(join(root, 'probe/package-lock.json'), '{}');
  const run = (text: string) => {
    writeFileSync(join(root, 'probe/p.ts'), `process.stdout.write(${JSON.stringify(text)} + process.argv.slice(2));`);
    return node([join(root, 'probe/scripts/app.js'), 'p.ts', 'argument']).stdout;
  };
  expect(run('one ')).toBe('one argument');
  expect(run('one ')).toBe('one argument');
  expect(run('another ')).toBe('another argument');
});
