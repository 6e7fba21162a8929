/** What a real Prometheus needs for its series: memory while it scrapes, compacts and starts again, and its write-ahead log on disk. */
import { until } from '../../lab/commands';
import { freePort } from '../../lab/free-port';
import { Running } from '../../lab/running';
import { startTarget } from './capacity-target';
import { diskBytes } from './disk';
import { peakDuring } from './process-peak';
import type { Series } from './queries-series';

/** What was measured. */
export interface Head {
  readonly series: number;
  readonly samples: number;
  /** The most memory that was not a copy of a file, in MiB. */
  readonly mib: number;
  /** The same of a second start, which replays the log. */
  readonly replayMib: number;
  /** Bytes of the write-ahead log and of the head's chunks, just before they were cut. */
  readonly headBytes: number;
}

/**
 * Blocks of two minutes instead of two hours, and scrapes every two seconds instead of every 15: within three minutes a series has about
 * 90 samples, and the head is compacted.
 */
const BLOCK = '2m';
const SCRAPE = '2s';

/** Scrapes series until their first block is written, then starts again. @throws Error if that takes more than ten minutes */
export async function measureHead(series: readonly Series[]): Promise<Head> {
  const [target, running] = [await startTarget(series), new Running()];
  try {
    let before = { headBytes: 0, samples: 0 };
    const mib = await peakDuring(running, async () => {
      const metrics = await start(running, target.address);
      const isCompacted = async () => {
        const text = await (await fetch(metrics)).text();
        if (metric(text, 'prometheus_tsdb_compactions_total') > 0) return true;
        before = {
          headBytes: headBytes(running),
          samples: metric(text, 'prometheus_tsdb_head_samples_appended_total'),
        };
        return false;
      };
      await until(isCompacted, 'the first block', 600);
    });
    await running.end();
    const replayMib = await peakDuring(running, () => start(running, null));
    return { series: series.length, ...before, mib, replayMib };
  } finally {
    await target.stop();
    await running.stop();
  }
}

/** Starts it. @param target what it scrapes; null: nothing @returns URL of its own metrics */
async function start(running: Running, target: string | null): Promise<string> {
  const listen = `127.0.0.1:${await freePort()}`;
  const job = { job_name: 'bench', honor_labels: true, static_configs: [{ targets: [target] }] };
  const config = running.write('prometheus.yaml', {
    global: { scrape_interval: SCRAPE },
    scrape_configs: target === null ? [] : [job],
  });
  const args = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${running.path('data')}`,
    `--storage.tsdb.min-block-duration=${BLOCK}`,
    `--storage.tsdb.max-block-duration=${BLOCK}`,
    '--enable-feature=exemplar-storage',
    `--web.listen-address=${listen}`,
  ];
  await running.start('prometheus', args, { GOMAXPROCS: '2' }, `http://${listen}/-/ready`);
  return `http://${listen}/metrics`;
}

const headBytes = (running: Running): number =>
  ['wal', 'chunks_head'].reduce((sum, folder) => sum + diskBytes(running.path(`data/${folder}`)), 0);

/** A metric of Prometheus without labels, or the sum over its labels. */
const metric = (text: string, name: string): number =>
  [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'))].reduce(
    (sum, [, value]) => sum + Number(value),
    0,
  );
