/** F13: Prometheus is killed while it scrapes and receives metrics. */
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../commands';
import { type Experiment, unmet } from '../experiment';
import { countsOf } from '../ids';
import { randomOf } from '../random';
import { METRIC, metricRequests } from './metrics';
import { type StorePrometheus, storePrometheus } from './prometheus';
import { Sender } from './sender';
import { CLOCK, startClock } from './target';

/** Bounds of a random kill point, in milliseconds after the start of the load. */
const [SOONEST, LATEST] = [2000, 5000];
/** As rendered by default: a start takes up to 5 s to find its targets, and begins each at a random moment of its interval. */
const ENVIRONMENT = 'janServer: null\ncollector: {metricsPath: otlp}';
const INTERVAL = 15;
/** Seconds in which it must be ready again. */
const READY = 15;

/** Ids of the samples that are stored. @param labels as a selector. @default all */
export const storedSamples = async (
  { samples }: Pick<StorePrometheus, 'samples'>,
  labels = '',
): Promise<readonly string[]> => (await samples(`${METRIC}${labels}`)).map(([, value]) => `${value}`);

/** A kill: when, and how long it was down, in seconds. */
interface Kill {
  readonly at: number;
  readonly down: number;
}

/** Kills it after some load. */
async function killed(prometheus: StorePrometheus, sender: Sender, load: number): Promise<Kill> {
  sender.start(prometheus.url);
  await sleep(load);
  const at = Date.now() / 1000;
  await prometheus.running.end('SIGKILL');
  await sender.stop();
  await prometheus.start();
  return { at, down: Date.now() / 1000 - at };
}

/** Kills it between two scrapes. @returns the kill, and how many scrapes are missing around it */
async function killedBetweenScrapes(prometheus: StorePrometheus, sender: Sender, load: number) {
  const scrapes = async () => (await prometheus.samples(CLOCK)).map(([time]) => time);
  await until(async () => (await scrapes()).length > 0, 'a scrape');
  const kill = await killed(prometheus, sender, load);
  await until(async () => (await scrapes()).some((time) => time > kill.at), 'a scrape after the kill');
  const times = await scrapes();
  const before = Math.max(...times.filter((time) => time <= kill.at));
  const after = Math.min(...times.filter((time) => time > kill.at));
  return { kill, missing: Math.ceil((after - before) / INTERVAL) - 1 };
}

/** The experiment. */
export const prometheusKilled: Experiment = {
  id: 'F13',
  title: 'Prometheus is killed while it scrapes and receives OTLP',
  passes: `every acknowledged sample is there, at most two scrapes are missing, and it is ready in ${READY} s`,
  run: async ({ crashes, seed, say }) => {
    const random = randomOf(seed, 'F13');
    const clock = await startClock();
    const prometheus = await storePrometheus({ environment: ENVIRONMENT, jobs: [{ job: 'clock', port: clock.port }] });
    const sender = new Sender(metricRequests());
    const load = () => SOONEST + random() * (LATEST - SOONEST);
    try {
      await prometheus.start();
      const { kill, missing } = await killedBetweenScrapes(prometheus, sender, load());
      const kills = [kill];
      say(`killed between two scrapes: ${missing} are missing`);
      while (kills.length < crashes) {
        kills.push(await killed(prometheus, sender, load()));
        say(`kill ${kills.length} of ${crashes} after ${sender.acked.length} acknowledged samples`);
      }
      const counts = countsOf({
        offered: sender.offered,
        acked: sender.acked,
        found: await storedSamples(prometheus),
      });
      const down = Math.max(...kills.map((each) => each.down));
      return {
        ...counts,
        spanMetricsError: null,
        failures: unmet({
          'samples were acknowledged': counts.acked > 0,
          'every acknowledged sample is there': counts.lost === 0,
          'no sample is there twice': counts.duplicated === 0,
          'at most two scrapes are missing': missing <= 2,
          [`it is ready again in ${READY} s`]: down <= READY,
          'the log was replayed without a corruption':
            (await prometheus.metric('prometheus_tsdb_wal_corruptions_total')) === 0,
        }),
        figures: [
          `${crashes} kills`,
          `ready again after at most ${down.toFixed(1)} s`,
          `${missing} of the scrapes each ${INTERVAL} s missing`,
        ],
      };
    } finally {
      await sender.stop();
      await prometheus.running.stop();
      await clock.stop();
    }
  },
};
