/** F18: the clocks of senders are wrong. */
import { collectorOf } from '../../collector';
import { until } from '../../commands';
import { jaegerOf } from '../../jaeger';
import { type Experiment, unmet } from '../experiment';
import { added, countsOf } from '../ids';
import { drained, dropped, withAddresses } from './collectors';
import { metricRequests } from './metrics';
import { FAST, storePrometheus } from './prometheus';
import { storedSamples } from './prometheus-killed';
import { Sender } from './sender';
import { spanRequest, storedSpans } from './spans';

const EXPORTER = 'otlp_http/prometheus';
const MINUTE = 60_000;
const ENVIRONMENT = 'collector: {metricsPath: otlp}';
/** Skews in minutes: samples are stored up to 2 h 30 min late (`collector.queue.bridgedOutage` and 30 min) and 10 min early. */
const KEPT = [-120, 0, 9];
const REFUSED = [-240, 20];
/** Requests with each skew. */
const REQUESTS = 10;

/** Sends requests, each of which must be acknowledged. */
async function sendAll(sender: Sender, url: string): Promise<Sender> {
  for (let request = 0; request < REQUESTS; request++) {
    if (!(await sender.send(url))) throw new Error(`${url} answered ${[...sender.refusals.keys()]}`);
  }
  return sender;
}

/** The experiment. */
export const clockSkew: Experiment = {
  id: 'F18',
  title: 'Clocks of senders are hours late or minutes early (lost: samples beyond the bounds)',
  passes:
    'spans of any time are stored, samples from 2 h late to 9 min early too; what is beyond is refused for good, counted, and holds up nothing',
  run: async ({ say }) => {
    const prometheus = await storePrometheus({ environment: FAST });
    const jaeger = await jaegerOf();
    const collector = await collectorOf({
      environment: ENVIRONMENT,
      jaeger: jaeger.address,
      patched: withAddresses({ [EXPORTER]: { endpoint: `${prometheus.address}/api/v1/otlp` } }),
    });
    const samplesWith = async (minutes: number) => {
      const next = metricRequests({ skew: minutes * MINUTE, service: `skew-${minutes}` });
      return sendAll(new Sender(next), `${collector.endpoint}/v1/metrics`);
    };
    const stored = async (sender: Sender, minutes: number) => {
      const found = await storedSamples(prometheus, `{job="skew-${minutes}"}`);
      return countsOf({ ...sender, found });
    };
    try {
      await Promise.all([prometheus.start(), jaeger.start()]);
      await collector.start();
      // Prometheus takes late samples only of series of a head that has begun.
      await samplesWith(0);
      await drained(collector, EXPORTER);
      let within = countsOf({ offered: [], acked: [], found: [] });
      for (const minutes of KEPT) {
        const late = new Sender(() => spanRequest({ skew: minutes * MINUTE }));
        await sendAll(late, `${collector.endpoint}/v1/traces`);
        await until(async () => (await storedSpans(jaeger.api, late.acked)).length === late.acked.length, 'the spans');
        within = added(within, countsOf({ ...late, found: await storedSpans(jaeger.api, late.acked) }));
        if (minutes === 0) continue;
        const samples = await samplesWith(minutes);
        await drained(collector, EXPORTER);
        within = added(within, await stored(samples, minutes));
        say(`${minutes} min: ${within.stored} of ${within.acked} are stored so far`);
      }
      const before = await dropped(collector, EXPORTER);
      const refused = [];
      for (const minutes of REFUSED) {
        const samples = await samplesWith(minutes);
        await drained(collector, EXPORTER);
        refused.push({ minutes, ...(await stored(samples, minutes)) });
      }
      const after = await dropped(collector, EXPORTER);
      return {
        ...refused.reduce(added, within),
        spanMetricsError: null,
        failures: unmet({
          'what is within the bounds is stored': within.lost === 0 && within.acked > 0,
          'within the bounds the Collector drops nothing': before === 0,
          'what is beyond is counted as dropped':
            after === refused.reduce((sum, { lost }) => sum + lost, 0) && after > 0,
        }),
        figures: [
          `within the bounds ${within.lost} of ${within.acked} spans and samples are lost`,
          ...refused.map(
            ({ minutes, lost, acked }) => `samples at ${minutes} min: ${lost} of ${acked} are dropped and counted`,
          ),
        ],
      };
    } finally {
      await collector.stop();
      await Promise.all([prometheus.running.stop(), jaeger.running.stop()]);
    }
  },
};
