/** The machine of the Collector crashes while its queue holds acknowledged spans. */
import { collectorOf } from '../../collector';
import { SpanPath } from '../spans/path';
import { NO_JAEGER } from './collectors';
import type { Found, Subject } from './power-cut';
import { storedSpans } from './spans';

/** What bbolt says of a file that it cannot open or read. */
const CAUSES = /invalid database|panic: [^\n]{0,60}|fault address|file size too small|checksum error|version mismatch/;

/** A Collector that the damaged file has ended. @throws the error, where it has another cause */
function unopened(error: Error): Found {
  if (!error.message.startsWith('otelcol-contrib ended')) throw error;
  const [cause = 'no known cause'] = CAUSES.exec(error.message) ?? [];
  return { found: [], unopened: `the Collector does not start (${cause})` };
}

/** A Collector without its Jaeger. */
export const queueOnDisk: Subject = {
  name: "the Collector's queue",
  mebibytes: 1024,
  on: async (folder, syncWrites) => {
    const environment = `collector: {queue: {syncWrites: ${syncWrites}}}`;
    const collector = await collectorOf({ environment, jaeger: NO_JAEGER, claim: folder });
    return { ...collector, url: `${collector.endpoint}/v1/traces` };
  },
  readAgain: (claim, ids) =>
    SpanPath.with({ claim }, async (path): Promise<Found> => {
      await path.drained();
      return { found: await storedSpans(path.jaeger.api, ids), unopened: null };
    }).catch(unopened),
};
