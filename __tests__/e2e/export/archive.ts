/** `monitor-export` of a stack in which secrets and personal data were planted. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { kubectl, run, start, until } from '../../cluster/cluster';
import { accountWith } from '../../cluster/kubeconfigs';
import { prometheusIn } from '../apis';
import { formsOf, MARKS, NAMESPACE, PLANTED, plant, RAW, stack } from './planted';

/** Unpacks an archive. @returns its files, by their path */
function unpacked(archive: string): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'e2e-export-'));
  execFileSync('tar', ['-xzf', archive, '-C', folder, '--strip-components=1']);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return new Map(files.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Where the plants came out, with the file and the form. */
const found = (files: ReadonlyMap<string, string>) =>
  PLANTED.flatMap((planted) =>
    formsOf(planted).flatMap((form) =>
      [...files].filter(([, text]) => text.includes(form)).map(([path]) => `${form} in ${path}`),
    ),
  );

const archives = () => readdirSync(stack.root).filter((name) => name.startsWith('monitor-export'));

/** The steps. */
export function archive(): void {
  let files: ReadonlyMap<string, string> = new Map();

  test('monitor-up', async () => {
    const { code, output } = await run(stack.root, 'up', { TIMEOUT: '240' });
    if (code !== 0) throw new Error(output);
  });

  test('a tarball that only its user can read', async () => {
    plant();
    await until(
      () => stack.inStack('get', 'pod', 'planted', '-o', 'jsonpath={.status.phase}') === 'Succeeded',
      'the log',
    );
    const scraped = async () => (await prometheusIn(NAMESPACE).query('otelcol_exporter_queue_capacity')).length > 0;
    await until(scraped, 'the first scrape of the Collector');
    const { code, output } = await run(stack.root, 'export', { TO: 'bug.tgz' });
    if (code !== 0) throw new Error(output);
    const file = join(stack.root, 'bug.tgz');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    files = unpacked(file);
  });

  test('values that are public names are kept', () => {
    expect(files.get('secrets.yaml')).toMatch(/environment: <not searched>\n +name: <not searched>\n/);
    expect(files.get('CONTENTS.md')).toMatch(/^# Export of test, /);
  });

  test('it has what a bug report needs, and a table of contents that lists it', () => {
    const contents = files.get('CONTENTS.md') ?? '';
    for (const path of [
      'versions/project.yaml',
      'rendered/workloads/Deployment.yaml',
      `live/${NAMESPACE}/ConfigMap.yaml`,
      `events/${NAMESPACE}.txt`,
      'prometheus/targets.json',
      'prometheus/rules.json',
      'prometheus/tsdb.json',
      'alertmanager/alerts.json',
      'jaeger/services.json',
      'secrets.yaml',
    ]) {
      expect(files.get(path)?.length).toBeGreaterThan(2);
      expect(contents).toContain(`| ${path} |`);
    }
    for (const path of files.keys()) if (path !== 'CONTENTS.md') expect(contents).toContain(`| ${path} |`);
    expect([...files.keys()].filter((path) => path.startsWith('logs/')).length).toBeGreaterThan(4);
    expect(files.get('prometheus/collector-metrics.json')).toContain('otelcol_exporter_queue_capacity');
    expect(files.get('secrets.yaml')).toMatch(/name: planted\n[\s\S]*keys:\n +password: <s-\d+>\n/);
  });

  test('the search finds each planted string where it was not removed', () => {
    const raw = found(new Map([['raw', RAW]])).join('\n');
    for (const planted of PLANTED) expect(raw).toContain(formsOf(planted)[0]);
  });

  test('no planted string, in no form', () => expect(found(files)).toEqual([]));

  test('what stood beside them came out, so each place was read', () => {
    const text = [...files.values()].join('\n');
    const secrets = parse(files.get('secrets.yaml') ?? '') as readonly { name: string; keys: Record<string, string> }[];
    const tokenOf = (key: string) => secrets.find(({ name, keys }) => name === 'planted' && key in keys)?.keys[key];
    for (const mark of MARKS) expect(text).toContain(`${mark} plain ${tokenOf('password')} end`);
    expect(text).toContain(`short ${tokenOf('short')} file ${tokenOf('settings.env')}`);
    // The same address has the same number wherever it is.
    const numbers = [...text.matchAll(/mark-of-the-\w+ from (<email-\d+>) at (<ip-\d+>):8080/g)].map(
      ([, ...all]) => all,
    );
    expect(numbers.length).toBeGreaterThanOrEqual(MARKS.length);
    expect(new Set(numbers.map(String)).size).toBe(1);
  });

  test('missing permissions do not end it: they are listed', async () => {
    const KUBECONFIG = accountWith('viewer', NAMESPACE, 'view');
    const { code, output } = await run(stack.root, 'export', { TO: 'viewer.tgz', KUBECONFIG, CONTEXT: 'viewer' });
    if (code !== 0) throw new Error(output);
    const seen = unpacked(join(stack.root, 'viewer.tgz'));
    const [, notRead = ''] = (seen.get('CONTENTS.md') ?? '').split('## Not read');
    expect(notRead).toMatch(/\| secrets\.yaml \| .*only what looks like a credential was removed.*forbidden/);
    expect(notRead).toMatch(/\| versions\/nodes\.yaml \| .*forbidden/);
    expect(notRead).toMatch(/\| prometheus\/targets\.json \| .*forbidden/);
    expect([...seen.keys()].filter((path) => path.startsWith('logs/')).length).toBeGreaterThan(4);
    // What is known by its form is removed all the same.
    expect([...seen.values()].join('\n')).not.toMatch(/mary\.planted|203\.0\.113\.77|assigned-planted|url-p4ssw0rd/);
  });

  test('a file that exists stays, and one that cannot be written is not begun', async () => {
    writeFileSync(join(stack.root, 'mine.tgz'), 'mine');
    const existing = await run(stack.root, 'export', { TO: 'mine.tgz' });
    expect(existing).toMatchObject({
      code: 1,
      output: expect.stringMatching(/mine\.tgz exists already\.\n {2}fix {2}TO=/),
    });
    expect(readFileSync(join(stack.root, 'mine.tgz'), 'utf8')).toBe('mine');
  });

  test('Ctrl-C leaves nothing', async () => {
    const running = start(stack.root, 'export');
    await running.printed(/live objects/);
    running.child.kill('SIGINT');
    expect(await running.ended).toBe(130);
    expect(archives()).toEqual([]);
    expect(kubectl(['get', 'namespace', NAMESPACE, '-o', 'name']).trim()).toBe(`namespace/${NAMESPACE}`);
  });
}
