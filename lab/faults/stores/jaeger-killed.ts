/** F9: Jaeger is killed right after it has acknowledged spans. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type JaegerProps, jaegerOf } from '../../jaeger';
import { type Experiment, unmet } from '../experiment';
import { countsOf } from '../ids';
import { randomOf } from '../random';
import { Sender } from './sender';
import { spanRequest, storedSpans } from './spans';

/** Bounds of a random kill point, in milliseconds after the first span. */
const [SOONEST, LATEST] = [200, 2000];

/**
 * The experiment, with changes of Jaeger's configuration.
 * @param overlay for a test that it can fail
 */
export const jaegerKilled = (overlay: JaegerProps['overlay'] = {}): Experiment => ({
  id: 'F9',
  title: 'Jaeger is killed after it has acknowledged spans',
  passes: 'every acknowledged span can be read after each restart',
  run: async ({ crashes, seed, say }) => {
    const random = randomOf(seed, 'F9');
    const jaeger = await jaegerOf({ overlay });
    const sender = new Sender(spanRequest);
    const starts: number[] = [];
    try {
      await jaeger.start();
      for (let crash = 1; crash <= crashes; crash++) {
        const before = sender.acked.length;
        sender.start(jaeger.url);
        await sleep(SOONEST + random() * (LATEST - SOONEST));
        await jaeger.running.end('SIGKILL');
        await sender.stop();
        starts.push(await jaeger.start());
        say(`kill ${crash} of ${crashes} after ${sender.acked.length - before} acknowledged spans`);
      }
      const counts = countsOf({
        offered: sender.offered,
        acked: sender.acked,
        found: await storedSpans(jaeger.api, sender.offered),
      });
      return {
        ...counts,
        spanMetricsError: null,
        failures: unmet({
          'spans were acknowledged': counts.acked > 0,
          'every acknowledged span can be read': counts.lost === 0,
          'no span is there twice': counts.duplicated === 0,
        }),
        figures: [`${crashes} kills`, `ready again after at most ${Math.max(...starts).toFixed(1)} s`],
      };
    } finally {
      await sender.stop();
      await jaeger.running.stop();
    }
  },
});
