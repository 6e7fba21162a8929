/** The copy of a program that must be stopped for it: Jaeger, whose badger writes to its files at any time. */
import { seconds } from '../../config/units';
import type { Config } from '../../stack/config';
import { withDeadline } from '../deadline';
import { say, VerbError } from '../terminal';
import { type Helper, type HelperContext, startHelper } from './helper';
import { requireStopped, resume, type Stopped, stop, waitUntilStarted } from './pause';
import { Interrupted } from './process';
import { ROOM, STAGING } from './scripts';
import { clean } from './stage';
import type { Store } from './stores';
import { sizeText } from './transfer';

/**
 * Collects the copy on the claim while the program is stopped, and starts the program again, whatever happens. The pod that copied is gone
 * before the program starts, and may be on another node: a claim is mounted on one node only.
 * @returns seconds for which the program was stopped; null: it did not run
 * @throws VerbError if there is no room for the copy, or it takes too long
 */
export async function copyStopped(context: HelperContext, store: Store): Promise<number | null> {
  const helper = await startHelper(context, store);
  let stopped: Stopped | null = null;
  let since = 0;
  try {
    await requireRoom(helper, store);
    say(`stopping ${store.program}; the Collector keeps the spans meanwhile`);
    since = Date.now();
    stopped = await stop(context, store.controller);
    await copy(context, store, helper);
    await requireStopped(context, [store.controller]);
  } finally {
    try {
      await helper.remove();
    } finally {
      if (stopped !== null) await resume(context, stopped);
    }
  }
  if (stopped === null) return null;
  await waitUntilStarted(context, stopped.controller);
  return Math.round((Date.now() - since) / 1000);
}

/** Without a configured load, how long the Collector's queue lasts is unknown: half an hour, half of which is for the copy. */
const UNKNOWN_OUTAGE = '30m';

/** Seconds that the copy may take: half of the time that the queue bridges. The other half is for the start, and for what is queued then. */
export const copySeconds = ({ capacity }: Config): number => seconds(capacity?.bridgeOutage ?? UNKNOWN_OUTAGE) / 2;

async function copy({ config, signal }: HelperContext, { program, claim }: Store, helper: Helper): Promise<void> {
  const limit = copySeconds(config);
  try {
    await withDeadline(signal, limit, (ends) => helper.run(STAGING[program] ?? '', { signal: ends }));
  } catch (error) {
    await clean(helper);
    if (!(error instanceof Interrupted) || signal.aborted) throw error;
    const what = `the copy of ${claim} was not complete after ${limit} s: ${program} is started again, and there is no backup`;
    const fix =
      'keep spans for less time (jaeger.ttl), let the queue bridge more (capacity.bridgeOutage), or use snapshots';
    throw new VerbError([{ what, fix }]);
  }
}

/** The copy of what cannot be linked needs as much space again. */
async function requireRoom(helper: Helper, { claim }: Store): Promise<void> {
  const [used = 0, free = 0] = (await helper.run(ROOM)).trim().split(' ').map(Number);
  if (free > used) return;
  const what = `claim ${claim} has ${sizeText(free * 1024)} free, and its copy needs ${sizeText(used * 1024)}`;
  throw new VerbError([
    { what, fix: 'make the claim larger (jaeger.storage), or keep spans for less time (jaeger.ttl)' },
  ]);
}
