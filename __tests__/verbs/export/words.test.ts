/** An export where values of Secrets are ordinary words: it is written, and what is secret is not in it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LAB, standIn } from '../stand-in/stand-in';

jest.setTimeout(120_000);

const JAN = 'shop';
const scene = standIn(`janServer: { namespace: ${JAN} }\n`);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const secret = (name: string, values: Readonly<Record<string, string>>, namespace = 'jan-monitoring') => ({
  kind: 'Secret',
  metadata: { name, namespace },
  data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, base64(value)])),
});

/** Ordinary words: names that are public, words of YAML, of JSON and of the archive itself, numbers, and what stands for a value. */
const WORDS = {
  namespace: 'jan-monitoring',
  environment: 'test',
  shop: JAN,
  workload: 'prometheus',
  part: 'collector',
  switch: 'true',
  port: '9090',
  field: 'name:',
  kind: 'ConfigMap',
  folder: 'rendered',
  archive: 'Not read',
  word: 'secret',
  removed: 'removed',
  token: 's-10',
  number: 'ip-1',
};
const SECRET = 'hunter2-hunter2';

/** Unpacks an archive. @returns its files, by their path */
function unpacked(archive: string): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'export-'));
  execFileSync('tar', ['-xzf', archive, '-C', folder, '--strip-components=1']);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return new Map(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

test('all of them, with a real one', async () => {
  const CONTEXT = 'lab';
  const namespaces = ['jan-monitoring', JAN].map((name) => ({ kind: 'Namespace', metadata: { name } }));
  const settings = { kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'jan-monitoring' } };
  const labels = { 'app.kubernetes.io/instance': 'jan-monitoring' };
  scene.put(LAB, [
    ...namespaces,
    { ...settings, metadata: { ...settings.metadata, labels }, data: { text: `with ${SECRET} end` } },
    secret('postgres', { username: 'postgres', 'username-of-shop': 'postgres' }),
    secret('words', WORDS),
    secret('words', WORDS, JAN),
    secret('real', { password: SECRET }, JAN),
  ]);
  const { code, output } = await scene.run('export', { CONTEXT, TO: 'bug.tgz' });
  expect([code, output]).toEqual([0, expect.stringContaining('bug.tgz')]);
  const files = unpacked(join(scene.root, 'bug.tgz'));
  const all = [...files].flat().join('\n');
  expect(all).not.toContain(SECRET);
  const number = /password: "?(<s-\d+>)/.exec(files.get('secrets.yaml') ?? '')?.[1] ?? 'none';
  expect(files.get('live/jan-monitoring/ConfigMap.yaml')).toContain(`with ${number} end`);
  // Public names are still there.
  for (const text of ['namespace: jan-monitoring', 'kind: ConfigMap', 'otel-collector', 'Export of test'])
    expect(all).toContain(text);
  expect(all).not.toMatch(/\b(rendered|Not read)\b/);
});
