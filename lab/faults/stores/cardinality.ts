/** F19: a target has ever new series. */
import { until } from '../../commands';
import { type Experiment, unmet } from '../experiment';
import { countsOf } from '../ids';
import { metricRequests } from './metrics';
import { storePrometheus } from './prometheus';
import { storedSamples } from './prometheus-killed';
import { Sender } from './sender';
import { CLOCK, startClock, startTarget } from './target';

/** One more than a scrape may have by default (`prometheus.limits.samples`). */
const SERIES = 100_001;
/** Scrapes of the target that are refused until the experiment ends. */
const SCRAPES = 3;
/** A scrape of that size takes longer than the second of the other experiments. */
const ENVIRONMENT = 'janServer: null\ncollector: {metricsPath: otlp}\nprometheus: {scrapeInterval: 5s}';

/** Series with labels that no scrape before had. */
function bomb(): () => string {
  let scrape = 0;
  return () => {
    scrape++;
    return Array.from({ length: SERIES }, (_, index) => `faults_bomb{request="${scrape}-${index}"} 1`)
      .join('\n')
      .concat('\n');
  };
}

/**
 * The experiment.
 * @param environment for a test that it can fail
 */
export const cardinality = (environment = ENVIRONMENT): Experiment => ({
  id: 'F19',
  title: `A target with ${SERIES} new series in each scrape`,
  passes: 'its scrapes are refused as a whole and counted, the other jobs stay up, and pushed samples are stored',
  run: async ({ say }) => {
    const clock = await startClock();
    const target = await startTarget(bomb());
    const jobs = [
      { job: 'clock', port: clock.port },
      { job: 'bomb', port: target.port },
    ];
    const prometheus = await storePrometheus({ environment, jobs });
    const sender = new Sender(metricRequests());
    const exceeded = () => prometheus.metric('prometheus_target_scrapes_exceeded_sample_limit_total');
    const resident = () => prometheus.metric('process_resident_memory_bytes');
    try {
      await prometheus.start();
      const before = await resident();
      sender.start(prometheus.url);
      const scraped = async () => (await prometheus.samples('up{job="bomb"}')).length;
      await until(async () => (await scraped()) >= SCRAPES, 'scrapes of the target');
      await sender.stop();
      say(`${await exceeded()} scrapes were refused`);
      const counts = countsOf({ ...sender, found: await storedSamples(prometheus) });
      const series = await prometheus.metric('prometheus_tsdb_head_series');
      const grown = (await resident()) - before;
      return {
        ...counts,
        spanMetricsError: null,
        failures: unmet({
          'its scrapes exceed the limit': (await exceeded()) >= SCRAPES,
          'the target is down': (await prometheus.series('up{job="bomb"} == 0')).length === 1,
          'none of its series is stored': (await prometheus.series('faults_bomb')).length === 0,
          'the other jobs are up': (await prometheus.series('up{job!="bomb"} == 1')).length === 2,
          'and were never down': (await prometheus.series('min_over_time(up{job!="bomb"}[5m]) == 1')).length === 2,
          'the clock is stored': (await prometheus.samples(CLOCK)).length >= SCRAPES,
          'every acknowledged sample is there': counts.lost === 0 && counts.acked > 0,
        }),
        // A refused scrape leaves its series in memory, up to the limit of samples, until the head is cut two hours later.
        figures: [
          `each refused scrape leaves ${Math.round(series / SCRAPES)} series in memory`,
          `${Math.round(grown / SCRAPES / 2 ** 20)} MiB a scrape`,
        ],
      };
    } finally {
      await sender.stop();
      await prometheus.running.stop();
      await Promise.all([clock.stop(), target.stop()]);
    }
  },
});
