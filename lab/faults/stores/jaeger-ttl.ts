/** F12: spans become older than `jaeger.ttl`. */
import { ask, until } from '../../commands';
import { type Jaeger, jaegerOf } from '../../jaeger';
import { type Experiment, unmet } from '../experiment';
import { countsOf } from '../ids';
import { Sender } from './sender';
import { spanRequest, storedSpans } from './spans';

/** The rendered configuration in fast motion: spans expire after 10 s, and badger looks each second instead of each 5 minutes. */
const TTL_SECONDS = 10;
const FAST = {
  extensions: {
    jaeger_storage: {
      backends: { main: { badger: { ttl: { spans: `${TTL_SECONDS}s` }, maintenance_interval: '1s' } } },
    },
  },
};
/** Letters of an attribute of each span, so that the spans are most of the data. */
const PADDING = 4000;
/** Requests of each of the two lots. */
const REQUESTS = 200;

/** MiB that a folder takes on its disk: badger's files are mostly holes. */
async function usage(folder: string): Promise<number> {
  const { stdout } = await ask('du', ['-sk', folder]);
  return Number(stdout.split('\t')[0]) / 1024;
}

async function sendLot(sender: Sender, url: string): Promise<readonly string[]> {
  const before = sender.acked.length;
  for (let request = 0; request < REQUESTS; request++) await sender.send(url);
  return sender.acked.slice(before);
}

/** Bytes of attributes that are written until the disk is looked at, in MiB: many times what is younger than the TTL. */
const WRITTEN_MIB = 400;

/** Writes for many TTLs. @returns MiB of attributes that were acknowledged meanwhile, and MiB on disk at the end */
async function steady(sender: Sender, { url, data }: Jaeger) {
  const before = sender.acked.length;
  const mebibytes = () => ((sender.acked.length - before) * PADDING) / 2 ** 20;
  sender.start(url);
  await until(() => mebibytes() > WRITTEN_MIB, `${WRITTEN_MIB} MiB to be written`, 600);
  await sender.stop();
  return { written: mebibytes(), disk: await usage(data) };
}

/** The experiment. */
export const jaegerTtl: Experiment = {
  id: 'F12',
  title: `Spans expire (jaeger.ttl, scaled to ${TTL_SECONDS} s)`,
  passes: 'expired spans are gone, younger ones can be read, and the disk does not grow with all that was ever written',
  run: async ({ say }) => {
    const jaeger = await jaegerOf({ overlay: FAST });
    const sender = new Sender(() => spanRequest({ padding: PADDING }), 0);
    try {
      await jaeger.start();
      const old = await sendLot(sender, jaeger.url);
      const readable = (await storedSpans(jaeger.api, old)).length;
      const start = Date.now();
      await until(async () => (await storedSpans(jaeger.api, old)).length === 0, 'the old spans to be gone', 60);
      const gone = (Date.now() - start) / 1000;
      const young = await sendLot(sender, jaeger.url);
      const counts = countsOf({ offered: young, acked: young, found: await storedSpans(jaeger.api, sender.offered) });
      say(`the old spans were gone after ${gone.toFixed(0)} s`);
      const first = await steady(sender, jaeger);
      const second = await steady(sender, jaeger);
      return {
        ...counts,
        spanMetricsError: null,
        failures: unmet({
          'all spans could be read before they expired': readable === old.length && old.length > 0,
          [`old spans are gone within ${TTL_SECONDS} s and at most 30 more`]: gone < TTL_SECONDS + 30,
          'young spans can be read': counts.lost === 0,
          'the disk grows by less than a third of what is written later': second.disk - first.disk < second.written / 3,
        }),
        figures: [
          `gone ${gone.toFixed(0)} s after the last of them`,
          `${first.disk.toFixed(0)} MiB on disk after ${first.written.toFixed(0)} MiB were written, ${second.disk.toFixed(0)} after ${(first.written + second.written).toFixed(0)}`,
        ],
      };
    } finally {
      await sender.stop();
      await jaeger.running.stop();
    }
  },
};
