import { readdirSync } from 'node:fs';
import { CONTEXT, kubectl, until } from '../../cluster/cluster';
import { metricOf, prometheusIn, type Sample } from '../apis';
import { list, up, verb } from '../stack';
import {
  configureRclone,
  download,
  inServer,
  ON_CLAIMS,
  PROJECT,
  prepare,
  rclone,
  restartAlertmanager,
  SENDERS,
  STACK,
  startFetching,
  startWriter,
  VARIABLES,
} from './stack';

interface Job {
  readonly metadata: { readonly name: string };
  readonly status: { readonly succeeded?: number; readonly failed?: number };
}

const ENVIRONMENT = 'development';
const placeOf = (program: string) => `copies:${ENVIRONMENT}/${STACK}/${program}`;

/** What a CronJob stores, and what can be done with it. */
export function scheduled(): void {
  const prometheus = prometheusIn(STACK);
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
  const copiesOf = (program: string) =>
    rclone(`lsf --dirs-only ${placeOf(program)}`)
      .split('\n')
      .sort();

  /** Restores a folder, after which the samples of before must be there. */
  async function restored(project: string, copy: string): Promise<void> {
    expect(readdirSync(copy).sort()).toEqual(['SHA256SUMS', 'about.json', 'data']);
    const { code, output } = await verb(project, 'restore', { ...VARIABLES, FROM: copy, DELETE: CONTEXT });
    expect([code, output]).toEqual([0, expect.stringMatching(/Restored: prometheus-data/)]);
    expect(await samples()).toBe(before);
  }

  test('a stack comes up, and Prometheus makes blocks', async () => {
    prepare();
    await up(PROJECT);
    configureRclone();
    startWriter();
    restartAlertmanager();
    const server = { namespace: STACK, service: 'prometheus', port: 9090 };
    await until(async () => (await metricOf(server, 'prometheus_tsdb_blocks_loaded')) > 0, 'a block');
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
    expect(inServer('find /s3/backups | grep -c -E "prometheus|wal|grafana" || true')).toBe('0');
    expect(inServer('grep -rl "SQLite format 3" /s3/backups | wc -l')).toBe('0');
    const files = (place: string) => rclone(`lsf -R --files-only ${place}`).split('\n');
    expect(files('s3:backups/observability/')).toHaveLength(files('copies:').length);
  });

  test('only as many are kept as were asked for', async () => {
    await runAll();
    await runAll();
    expect(copiesOf('alertmanager')).toHaveLength(2);
    expect(copiesOf('prometheus')).toHaveLength(2);
  });

  test('one is found again, and restored', async () => {
    const [name = ''] = copiesOf('prometheus').reverse();
    rclone(`copy ${placeOf('prometheus')}/${name} /s3/found`);
    await restored(PROJECT, download(SENDERS, 's3', '/s3/found'));
  });

  test('a copy on a claim, the default, is fetched by the pod of docs/backup.md, and restored', async () => {
    await up(ON_CLAIMS);
    await runAll();
    startFetching();
    const place = `/copies/${ENVIRONMENT}/${STACK}/prometheus`;
    const [name = '', ...others] = kubectl(['-n', STACK, 'exec', 'fetch', '--', 'ls', place]).trim().split('\n');
    expect(others).toEqual([]);
    const copy = download(STACK, 'fetch', `${place}/${name}`);
    kubectl(['-n', STACK, 'delete', 'pod/fetch', '--wait']);
    await restored(ON_CLAIMS, copy);
  });
}
