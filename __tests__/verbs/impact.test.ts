/** `npm run impact` as a user runs it: renderings from folders and from git, its forms and its exit codes. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support';

jest.setTimeout(300_000);

const root = mkdtempSync(join(tmpdir(), 'impact-'));
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: root });
const impact = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'scripts/app.js'), 'verbs/impact.ts', ...args],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
};
/** A copy of development's manifests in which some text is another. */
function changed(name: string, file: string, from: string, to: string): string {
  cpSync(join(root, 'dist'), join(root, name), { recursive: true });
  const path = join(root, name, 'development', file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
  return name;
}

beforeAll(() => {
  cpSync(join(ROOT, 'dist/development'), join(root, 'dist/development'), { recursive: true });
  mkdirSync(join(root, 'environments'));
  for (const folder of ['environments/development.yaml', 'sampling', 'dashboards', 'rules'])
    cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'one');
});

test('HEAD and the working tree are the defaults', () => {
  expect(impact()).toEqual({
    status: 0,
    stdout: 'development: dist/ of HEAD → what the working tree renders\n  no change\n',
    stderr: '',
  });
  const file = join(root, 'environments/development.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('size: 10Gi', 'size: 5Gi'));
  const { status, stdout } = impact();
  writeFileSync(file, text);
  expect(status).toBe(4);
  expect(stdout).toMatch(
    /data {5}Prometheus, size +5GB are kept, before 10GB: what is older is deleted\n +next: take a backup/,
  );
  expect(stdout).toMatch(/reload {3}Deployment\/prometheus +reads prometheus-config again by itself/);
});

test('a restart is a failure only if that is asked for', () => {
  const next = changed(
    'restart',
    '40-jaeger.k8s.yaml',
    'image: docker.io/jaegertracing/jaeger:2.20.0',
    'image: docker.io/jaegertracing/jaeger:2.20.1',
  );
  const { status, stdout } = impact('HEAD', next);
  expect([status, impact('--fail-on', 'restart', 'HEAD', next).status]).toEqual([0, 2]);
  expect(stdout).toMatch(
    /restart {2}Deployment\/jaeger +containers\[jaeger\]\.image .*2\.20\.0 → .*2\.20\.1\n +next: it is not available/,
  );
  expect(stdout).toContain('https://github.com/jaegertracing/jaeger/releases/tag/v2.20.1');
});

test('a refused change: the commands for those who apply without monitor-up', () => {
  const next = changed('refused', '40-jaeger.k8s.yaml', 'matchLabels:', 'matchLabels:\n      tier: a');
  const { status, stdout } = impact('--markdown', 'dist', next);
  expect(status).toBe(3);
  expect(stdout).toMatch(
    /\| refused \| `Deployment\/jaeger` \| cannot be changed: spec\.selector\.matchLabels\.tier \(none\) → a \|/,
  );
  expect(stdout).toContain(
    '```bash\nkubectl delete -n jan-monitoring deployment/jaeger --cascade=foreground --ignore-not-found\n```',
  );
});

test('as JSON, which has no manifest in it', () => {
  const next = changed('data', 'keep/10-storage.k8s.yaml', 'storage: 10Gi', 'storage: 1Gi');
  const { status, stdout } = impact('--json', '--fail-on', 'data', 'dist/development', join(next, 'development'));
  expect(status).toBe(4);
  const reports = JSON.parse(stdout);
  expect(reports).toMatchObject([{ environment: 'development', severity: 'data', added: [], removed: [] }]);
  expect(stdout.length).toBeLessThan(5000);
});

test('a file of an environment that is renamed: the same stack, and nothing of it is deleted', () => {
  for (const [from, to] of [
    ['dist/development', 'before/other'],
    ['dist/development', 'before/production'],
    ['dist/development', 'after/other'],
    ['dist/development', 'after/prod'],
  ] as const)
    cpSync(join(root, from), join(root, to), { recursive: true });
  const { status, stdout } = impact('before', 'after');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^production, now prod: before → after\n {2}no change\n/m);
  // One that is gone, whose objects another one renders: they may be in one cluster.
  rmSync(join(root, 'after/prod'), { recursive: true });
  const { stdout: gone } = impact('before', 'after');
  expect(gone).toMatch(/ {4}Deployment\/\S+ \(another environment has it: no command deletes it\)\n/);
  expect(gone).not.toContain('kubectl');
  // One that is gone as a whole.
  const { stdout: whole } = impact('before', 'dist/development/keep');
  expect(whole).toContain('kubectl delete -n jan-monitoring --ignore-not-found ');
});

test('the value of an environment variable is not shown', () => {
  const next = changed('value', '40-jaeger.k8s.yaml', 'value: always_off', 'value: hunter2');
  const { stdout } = impact('HEAD', next);
  expect(stdout).toContain('env[OTEL_TRACES_SAMPLER].value (a value) → (a value)');
  expect(stdout).not.toContain('hunter2');
});

test.each([
  [['no-such-thing'], /"no-such-thing" is neither a folder nor a git reference\.\n {2}fix/],
  [['--output=x'], /Unknown option/],
  [['--fail-on', 'sometimes'], /--fail-on is "sometimes"\.\n {2}fix {2}one of restart, refused, data, never/],
  [['a', 'b', 'c'], /3 renderings were named/],
  [['environments/..', 'sampling'], /sampling has no manifests/],
])('%j is an error', (args, message) => {
  expect(impact(...args)).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(message) });
});
