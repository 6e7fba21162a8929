/** A power cut of Jaeger's machine. */
import { jaegerOf } from '../../jaeger';
import type { Subject } from './power-cut';
import { storedSpans } from './spans';

/** Jaeger with badger, which maps files of 2 GiB, of which most is a hole. */
export const jaegerOnDisk: Subject = {
  name: 'Jaeger',
  mebibytes: 4096,
  on: (folder, syncWrites) => jaegerOf({ settings: `syncWrites: ${syncWrites}`, folder }),
  readAgain: async (folder, ids) => {
    const jaeger = await jaegerOf({ folder });
    try {
      await jaeger.start();
      return { found: await storedSpans(jaeger.api, ids), unopened: null };
    } finally {
      await jaeger.running.stop();
    }
  },
};
