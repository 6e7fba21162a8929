/** F22: the token of a store is wrong for a while. */
import { writeFileSync } from 'node:fs';
import { collectorOf } from '../../collector';
import { until } from '../../commands';
import { type Experiment, unmet } from '../experiment';
import { countsOf } from '../ids';
import { drained, dropped, NO_JAEGER, withAddresses } from './collectors';
import { withToken } from './guarded-store';
import { metricRequests } from './metrics';
import { storePrometheus } from './prometheus';
import { storedSamples } from './prometheus-killed';
import { Sender } from './sender';

const URL = 'https://metrics.example.com/otlp/v1/metrics';
const ENVIRONMENT = [
  'collector:',
  '  queue: { storage: 10Gi }',
  '  otlpMetrics:',
  `    - { name: guarded, url: '${URL}', bearerTokenSecret: { name: guarded, key: token } }`,
  `    - { name: open, url: '${URL}' }`,
].join('\n');
const [GUARDED, OPEN] = ['otlp_http/guarded', 'otlp_http/open'];
const [RIGHT, WRONG] = ['right', 'wrong'];
/** Requests that are sent with each token. */
const REQUESTS = 20;

/** The experiment. */
export const wrongToken: Experiment = {
  id: 'F22',
  title: "A store's token is wrong for a while (lost: in that store, while it is wrong)",
  passes:
    'what the store refuses with 401 is counted exactly, the other store gets everything, and with the right token nothing is lost',
  run: async ({ say }) => {
    const stores = await Promise.all([storePrometheus(), storePrometheus()]);
    const [behind, open] = stores;
    const guard = await withToken(RIGHT, behind.url);
    const file = behind.running.path('token');
    writeFileSync(file, RIGHT);
    const collector = await collectorOf({
      environment: ENVIRONMENT,
      jaeger: NO_JAEGER,
      patched: withAddresses(
        { [GUARDED]: { metrics_endpoint: guard.url }, [OPEN]: { metrics_endpoint: open.url } },
        { 'bearertokenauth/guarded': { filename: file } },
      ),
    });
    const sender = new Sender(metricRequests());
    const send = () => sender.send(`${collector.endpoint}/v1/metrics`);
    /** Changes the token, and sends requests until it is used, and more. @returns the ids of the latter */
    const sentWith = async (token: string): Promise<readonly string[]> => {
      writeFileSync(file, token);
      await until(async () => (await send()) && guard.lastToken() === token, `the token ${token} to be used`, 60);
      await drained(collector, GUARDED);
      const before = sender.acked.length;
      for (let request = 0; request < REQUESTS; request++) await send();
      await drained(collector, GUARDED);
      return sender.acked.slice(before);
    };
    try {
      await Promise.all(stores.map(({ start }) => start()));
      await collector.start();
      const first = await sentWith(RIGHT);
      const wrong = await sentWith(WRONG);
      say(`${await dropped(collector, GUARDED)} samples were refused with 401`);
      const again = await sentWith(RIGHT);
      await drained(collector, OPEN);
      const found = await storedSamples(behind);
      const has = (ids: readonly string[]) => countsOf({ offered: ids, acked: ids, found }).stored;
      const counts = countsOf({ ...sender, found });
      const other = countsOf({ ...sender, found: await storedSamples(open) });
      const refused = await dropped(collector, GUARDED);
      return {
        ...counts,
        spanMetricsError: null,
        failures: unmet({
          'with the right token everything is stored': has(first) === first.length && has(again) === again.length,
          'with the wrong one nothing is': has(wrong) === 0,
          'what is lost is what the Collector counts as dropped': refused === counts.lost && refused >= wrong.length,
          'the other store has everything': other.lost === 0 && other.acked > 0,
          'nothing is dropped on the way to the other store': (await dropped(collector, OPEN)) === 0,
        }),
        figures: [`a 401 is not retried: ${refused} of ${counts.acked} samples are dropped, all counted`],
      };
    } finally {
      await collector.stop();
      await guard.stop();
      await Promise.all(stores.map(({ running }) => running.stop()));
    }
  },
};
