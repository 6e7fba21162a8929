/** F15: the disk of Prometheus gets full, with the retention by size that is rendered, and without. */
import { statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../commands';
import { type Experiment, type Runs, unmet } from '../experiment';
import { countsOf } from '../ids';
import { noDisks, smallDisk } from './disk';
import { metricRequests } from './metrics';
import { type PrometheusConfig, storePrometheus } from './prometheus';
import { storedSamples } from './prometheus-killed';
import { Sender } from './sender';
import { startTarget } from './target';

/** The disk, and the largest `prometheus.retention.size` that synth accepts for it. */
const DISK_MIB = 64;
const RETENTION_SHARE = 0.8;
/** A disk that is nearly full from the start: its size, and bytes that are taken. */
const [NEARLY_FULL_MIB, BALLAST] = [1, 800 * 1024];
/** Blocks of 10 s instead of 2 h, and the smallest segments of the log: the same cycle in fast motion. */
const SMALL_BLOCKS = ['--storage.tsdb.min-block-duration=10s', '--storage.tsdb.wal-segment-size=10MB'];
/** Series of the target that fills the disk: random values, since chunks are compressed. */
const SERIES = 40_000;
/** Times that blocks were deleted for their size until the experiment ends. */
const CYCLES = 4;

const withRetention =
  (size: string) =>
  (config: PrometheusConfig): PrometheusConfig => ({
    ...config,
    storage: { ...config.storage, tsdb: { retention: { size } } },
  });

const manySeries = () =>
  Array.from({ length: SERIES }, (_, index) => `faults_filler{n="${index}"} ${Math.random()}`)
    .join('\n')
    .concat('\n');

const used = (folder: string): number => {
  const { blocks, bavail } = statfsSync(folder);
  return 1 - bavail / blocks;
};

/** Fills a disk behind a retention by size. */
async function withRetentionBySize(say: Runs['say']) {
  const disk = await smallDisk(DISK_MIB);
  const target = await startTarget(manySeries);
  const prometheus = await storePrometheus({
    jobs: [{ job: 'filler', port: target.port }],
    folder: disk.folder,
    flags: SMALL_BLOCKS,
    patched: withRetention(`${Math.floor(DISK_MIB * RETENTION_SHARE * 2 ** 20)}B`),
  });
  try {
    await prometheus.start();
    let most = 0;
    await until(
      async () => {
        most = Math.max(most, used(disk.folder));
        return (await prometheus.metric('prometheus_tsdb_size_retentions_total')) >= CYCLES;
      },
      'blocks to be deleted for their size',
      420,
    );
    // Older samples are in blocks that may be deleted by now.
    const sender = new Sender(metricRequests());
    for (let request = 0; request < 20; request++) await sender.send(prometheus.url);
    const counts = countsOf({ ...sender, found: await storedSamples(prometheus) });
    const failed = await prometheus.metric('prometheus_tsdb_compactions_failed_total');
    say(`with retention by size the disk was at most ${Math.round(most * 100)} % full`);
    return { most, failed, counts, up: await prometheus.value('up{job="filler"}') };
  } finally {
    await prometheus.running.stop();
    await target.stop();
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
    await disk.resize(DISK_MIB);
    const seconds = await prometheus.start();
    const found = await storedSamples(prometheus);
    say(`on a full disk it ${stays ? 'stayed up' : 'ended'}`);
    return { stays, seconds, counts: countsOf({ ...sender, found }), accepts: await sender.send(prometheus.url) };
  } finally {
    await sender.stop();
    await prometheus.running.stop();
    await disk.remove();
  }
}

/** The experiment. */
export const prometheusDisk: Experiment = {
  id: 'F15',
  title: 'Prometheus writes more than its disk holds, in blocks of 10 s',
  passes:
    'retention by size keeps the disk from getting full, and every acknowledged sample of the last block is there',
  run: async ({ say }) => {
    const reason = noDisks();
    if (reason !== null) return { notRun: reason };
    const limited = await withRetentionBySize(say);
    const { stays, seconds, counts, accepts } = await full(say);
    return {
      ...limited.counts,
      spanMetricsError: null,
      failures: unmet({
        'with retention by size the disk never gets full': limited.most < 1,
        'blocks are written and deleted without a failure': limited.failed === 0,
        'the target that fills it is up': limited.up === 1,
        'the last acknowledged samples are there': limited.counts.lost === 0 && limited.counts.acked > 0,
        'after a full disk has grown it accepts samples again': accepts,
      }),
      figures: [
        `with retention.size at ${RETENTION_SHARE * 100} % of the disk at most ${Math.round(limited.most * 100)} % are used`,
        `on a disk that is full it ${stays ? 'stays up' : 'ends (panic)'}, after ${counts.lost} of ${counts.acked} samples were acknowledged and not stored`,
        `ready ${seconds.toFixed(1)} s after the disk had grown`,
      ],
    };
  },
};
