/** F15: the disk of Prometheus gets full, with the retention by size that is rendered, and where something else fills it. */
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programPath } from '../../cache';
import { must, until } from '../../commands';
import { noDisks, smallDisk } from '../disk';
import { type Experiment, type Runs, unmet } from '../experiment';
import { added, countsOf } from '../ids';
import { metricRequests } from './metrics';
import { storePrometheus } from './prometheus';
import { storedSamples } from './prometheus-killed';
import { Sender } from './sender';

/** The smallest retention by size that the settings allow, and the smallest claim that they allow with it, in MiB. */
const [RETENTION_MIB, DISK_MIB] = [128, 1152];
const ENVIRONMENT = [
  'janServer: null',
  'collector: {metricsPath: otlp}',
  `prometheus: {retention: {size: ${RETENTION_MIB}Mi}, storage: ${DISK_MIB}Mi}`,
].join('\n');
/** Series with a random sample each minute, for the 30 days that are kept: blocks of 2 h that are a little more than the retention. */
const [SERIES, DAYS] = [450, 30];
/** Merges until the experiment ends. */
const MERGES = 10;
/** A disk that is nearly full from the start: its size in MiB, and bytes that are taken. */
const [NEARLY_FULL_MIB, BALLAST] = [1, 800 * 1024];

const used = (folder: string): number => {
  const { blocks, bavail } = statfsSync(folder);
  return 1 - bavail / blocks;
};

/** Writes a month of blocks, elsewhere since each is first allocated at its largest size, as Prometheus would have them if it had never merged any. */
async function writeMonth(elsewhere: string, folder: string): Promise<void> {
  const lines = Array.from({ length: SERIES }, (_, n) =>
    JSON.stringify({
      labels: ['__name__', 'faults_filler', 'n', `${n}`],
      every: 60_000,
      offset: 0,
      curve: { kind: 'gauge', size: 1, seed: n, whole: false },
    }),
  );
  const end = Date.now();
  const range = [end - DAYS * 24 * 3600 * 1000, end].map(String);
  await must(programPath('block-writer'), [elsewhere, ...range], { input: `${lines.join('\n')}\n` });
  await must('cp', ['-r', `${elsewhere}/.`, folder]);
  rmSync(elsewhere, { recursive: true });
}

/** Lets Prometheus merge a month of blocks on a disk of the size that is rendered. */
async function withRetentionBySize(say: Runs['say']) {
  const disk = await smallDisk(DISK_MIB);
  const prometheus = await storePrometheus({ environment: ENVIRONMENT, folder: disk.folder });
  const sender = new Sender(metricRequests());
  try {
    await writeMonth(prometheus.running.path('month'), disk.folder);
    const before = used(disk.folder);
    say(`blocks take ${Math.round(before * DISK_MIB)} MiB`);
    await prometheus.start();
    sender.start(prometheus.url);
    let most = before;
    let merged = 0;
    await until(
      async () => {
        most = Math.max(most, used(disk.folder));
        merged = await prometheus.metric('prometheus_tsdb_compactions_total');
        return merged >= MERGES;
      },
      `${MERGES} merges of blocks`,
      400,
    );
    await sender.stop();
    const deleted = await prometheus.metric('prometheus_tsdb_size_retentions_total');
    const failed = await prometheus.metric('prometheus_tsdb_compactions_failed_total');
    const counts = countsOf({ ...sender, found: await storedSamples(prometheus) });
    return { before, most, merged, deleted, failed, counts };
  } finally {
    await sender.stop();
    await prometheus.running.stop();
    await disk.remove();
  }
}

/** Fills a disk that has no retention by size until Prometheus ends, lets it grow, and starts again. */
async function full(say: Runs['say']) {
  const disk = await smallDisk(NEARLY_FULL_MIB);
  writeFileSync(join(disk.folder, 'ballast'), Buffer.alloc(BALLAST));
  const prometheus = await storePrometheus({ folder: disk.folder });
  const sender = new Sender(metricRequests(), 0);
  try {
    await prometheus.start();
    sender.start(prometheus.url);
    await until(() => sender.refusals.size > 0 || !prometheus.running.runs, 'the disk to be full', 240);
    await sender.stop();
    const stays = prometheus.running.runs;
    await prometheus.running.end('SIGKILL');
    const causes = prometheus.running.output.match(/no space left on device/g)?.length ?? 0;
    await disk.resize(DISK_MIB);
    const seconds = await prometheus.start();
    const counts = countsOf({ ...sender, found: await storedSamples(prometheus) });
    say(`on a full disk it ${stays ? 'stayed up' : 'ended'}, ${counts.lost} of ${counts.acked} samples are lost`);
    return { stays, seconds, counts, causes, accepts: await sender.send(prometheus.url) };
  } finally {
    await sender.stop();
    await prometheus.running.stop();
    await disk.remove();
  }
}

/** The experiment. The settings refuse a retention by size that does not fit into the claim, so that something else fills the disk. */
export const prometheusDisk: Experiment = {
  id: 'F15',
  title: 'A month of blocks with retention by size, then a disk that something else fills (lost: on the full disk)',
  passes:
    'with retention by size the disk never gets full and every acknowledged sample is there; on a full disk what is lost is counted, and the log has the cause',
  run: async ({ say }) => {
    const reason = noDisks();
    if (reason !== null) return { notRun: reason };
    const limited = await withRetentionBySize(say);
    const { stays, seconds, counts, causes, accepts } = await full(say);
    return {
      ...added(limited.counts, counts),
      spanMetricsError: null,
      failures: unmet({
        'with retention by size the disk never gets full': limited.most < 1,
        'blocks are merged without a failure': limited.failed === 0,
        'blocks are deleted for their size': limited.deleted > 0,
        'with retention by size every acknowledged sample is there':
          limited.counts.lost === 0 && limited.counts.acked > 0,
        'on the full disk the log has the cause': causes > 0,
        'after a full disk has grown it accepts samples again': accepts,
      }),
      figures: [
        `with retention.size ${RETENTION_MIB}Mi: ${limited.counts.lost} of ${limited.counts.acked} samples lost, at most ${Math.round(limited.most * DISK_MIB)} MiB of a disk of ${DISK_MIB} MiB are used during ${limited.merged} merges`,
        `on the full disk: ${counts.lost} of ${counts.acked} acknowledged samples lost, answered with 200; it ${stays ? 'stays up' : 'ends (panic)'}, ${causes} log lines with the cause`,
        `ready ${seconds.toFixed(1)} s after the disk had grown`,
      ],
    };
  },
};
