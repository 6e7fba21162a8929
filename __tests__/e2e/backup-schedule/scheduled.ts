import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTEXT, kubectl, until } from '../../cluster/cluster';
import { prometheusIn, type Sample } from '../apis';
import { list, up, verb } from '../stack';
import { decrypted, inServer, PROJECT, prepare, SENDERS, STACK, startWriter, VARIABLES } from './stack';

interface Job {
  readonly metadata: { readonly name: string };
  readonly status: { readonly succeeded?: number; readonly failed?: number };
}

/** What a CronJob stores, and what can be done with it. */
export function scheduled(): void {
  const prometheus = prometheusIn(STACK);
  const folder = mkdtempSync(join(tmpdir(), 'e2e-scheduled-'));
  let runs = 0;
  let moment = 0;
  let before = 0;

  /** Samples of `up` in the five minutes before the first copy. */
  async function samples(): Promise<number> {
    const query = new URLSearchParams({ query: 'sum(count_over_time(up[5m]))', time: `${moment}` });
    const { result } = await prometheus.api<{ result: readonly Sample[] }>(`/query?${query}`);
    return Number(result[0]?.value[1] ?? 0);
  }

  /** Runs the CronJobs now. */
  async function runAll(): Promise<void> {
    runs++;
    const names = list<Job>(STACK, 'cronjobs').map(({ metadata }) => metadata.name);
    expect(names).toEqual(['backup-alertmanager', 'backup-grafana', 'backup-prometheus']);
    for (const name of names) kubectl(['-n', STACK, 'create', 'job', `${name}-${runs}`, `--from=cronjob/${name}`]);
    const jobs = () => list<Job>(STACK, 'jobs');
    await until(
      () => jobs().every(({ status }) => (status.succeeded ?? 0) === 1),
      () => `every Job to succeed: ${JSON.stringify(jobs().map(({ metadata, status }) => [metadata.name, status]))}`,
    );
  }

  /** Copies that are stored of a program, the oldest first. */
  const copiesOf = (program: string) => decrypted(`rclone lsf --dirs-only store:${program}`).split('\n').sort();

  test('a stack comes up, and Prometheus makes blocks', async () => {
    prepare();
    await up(PROJECT);
    startWriter();
    const path = `/api/v1/namespaces/${STACK}/services/prometheus:9090/proxy/metrics`;
    const blocks = () => Number(/^prometheus_tsdb_blocks_loaded (\d+)/m.exec(kubectl(['get', '--raw', path]))?.[1]);
    await until(() => blocks() > 0, 'a block');
  });

  test('each program is copied, and nothing in the store can be read without the password', async () => {
    const areThere = async () => {
      moment = Math.floor(Date.now() / 1000) - 10;
      before = await samples();
      return before > 20;
    };
    await until(areThere, 'samples to be stored');
    await runAll();
    expect(['alertmanager', 'grafana', 'prometheus'].map((program) => copiesOf(program).length)).toEqual([1, 1, 1]);
    expect(inServer('find /s3 | grep -c -E "prometheus|wal|grafana" || true')).toBe('0');
    expect(inServer('grep -rl "SQLite format 3" /s3/backups | wc -l')).toBe('0');
  });

  test('only as many are kept as were asked for', async () => {
    await runAll();
    await runAll();
    expect(copiesOf('alertmanager')).toHaveLength(2);
    expect(copiesOf('prometheus')).toHaveLength(2);
  });

  test('one is found again, and restored', async () => {
    const [name = ''] = copiesOf('prometheus').reverse();
    decrypted(`rm -rf /s3/found && rclone copy store:prometheus/${name} /s3/found`);
    const tar = execFileSync(
      'kubectl',
      ['--context', CONTEXT, '-n', SENDERS, 'exec', 's3', '--', 'tar', '-C', '/s3/found', '-cf', '-', '.'],
      {
        maxBuffer: 2 ** 28,
      },
    );
    const copy = join(folder, name.replace('/', ''));
    mkdirSync(copy);
    execFileSync('tar', ['-x', '-C', copy, '-f', '-'], { input: tar });
    expect(readdirSync(copy).sort()).toEqual(['SHA256SUMS', 'about.json', 'data']);
    const { code, output } = await verb(PROJECT, 'restore', { ...VARIABLES, FROM: copy, DELETE: CONTEXT });
    expect([code, output]).toEqual([0, expect.stringMatching(/Restored: prometheus-data/)]);
    expect(await samples()).toBe(before);
  });
}
