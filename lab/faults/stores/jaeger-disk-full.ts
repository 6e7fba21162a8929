/** F11: the disk of Jaeger gets full. */

import { until } from '../../commands';
import { jaegerOf } from '../../jaeger';
import { fullDisk, noDisks, smallDisk } from '../disk';
import { type Experiment, unmet } from '../experiment';
import { countsOf } from '../ids';
import { Sender } from './sender';
import { spanRequest, storedSpans } from './spans';

/** Sizes of the disk before and after it grows. */
const [SMALL_MIB, LARGE_MIB] = [64, 512];
/** Letters of an attribute: fills the disk within seconds. */
const PADDING = 8000;

/** The experiment. */
export const jaegerDiskFull: Experiment = {
  id: 'F11',
  title: "Jaeger's disk is full, then grows",
  passes: 'nothing is acknowledged that is not stored, and once there is space everything can be read and written',
  run: async ({ say }) => {
    const reason = noDisks();
    if (reason !== null) return { notRun: reason };
    const disk = await smallDisk(SMALL_MIB);
    const jaeger = await jaegerOf({ folder: disk.folder });
    const sender = new Sender(() => spanRequest({ padding: PADDING }), 0);
    try {
      await jaeger.start();
      sender.start(jaeger.url);
      await until(() => sender.refusals.size > 0 || !jaeger.running.runs, 'the disk to be full');
      await sender.stop();
      const wasFull = fullDisk(disk.folder);
      const stayed = jaeger.running.runs;
      say(`full after ${sender.acked.length} spans; Jaeger ${stayed ? 'stayed up' : 'ended'}: ${[...sender.refusals]}`);
      await jaeger.running.end('SIGKILL');
      const full = await jaeger.start().then(
        () => 'starts on the full disk',
        () => 'does not start on the full disk',
      );
      await jaeger.running.end('SIGKILL');
      await disk.resize(LARGE_MIB);
      const seconds = await jaeger.start();
      const counts = countsOf({
        offered: sender.offered,
        acked: sender.acked,
        found: await storedSpans(jaeger.api, sender.offered),
      });
      const writes = await sender.send(jaeger.url);
      return {
        ...counts,
        spanMetricsError: null,
        failures: unmet({
          'the disk was full': wasFull,
          'every acknowledged span can be read': counts.lost === 0,
          'it accepts spans again': writes,
        }),
        figures: [
          stayed ? 'stays up' : 'ends (SIGBUS: badger maps its files)',
          full,
          `ready ${seconds.toFixed(1)} s after the disk had grown`,
        ],
      };
    } finally {
      await sender.stop();
      await jaeger.running.stop();
      await disk.remove();
    }
  },
};
