/** The first half of a restore: new data is received while the programs run, then they are stopped, and it takes the place of the old. */
import type { Cluster } from '../context';
import type { Expected } from '../expected';
import { VerbError } from '../terminal';
import type { VerbInput } from '../up';
import type { Contents } from './contents';
import { goBack, programsOf } from './go-back';
import type { HelperContext } from './helper';
import { requireStopped, stop } from './pause';
import { onClaims, type Placement, receiveAll, switchAll } from './place';
import { Interrupted } from './process';
import type { Silence } from './silences';
import { remember, type Unfinished, unfinished } from './unfinished';

/** A restore whose backup is whole, belongs to this stack, and may be put into place. */
export interface Restore {
  readonly input: VerbInput;
  readonly cluster: Cluster;
  readonly work: HelperContext;
  readonly expected: Expected;
  readonly skipsClusterScope: boolean;
  readonly placements: readonly Placement[];
  /** The backup's folder. */
  readonly folder: string;
  readonly contents: Contents;
  /** Values of the administrator's Secret; null: the backup has none. */
  readonly admin: Readonly<Record<string, string>> | null;
  readonly silences: readonly Silence[];
}

/** Its claims. */
export const storesOf = ({ placements }: Restore) => placements.map(({ store }) => store);

/** What is remembered of it. */
export const recordOf = ({ contents, placements }: Restore, data: Unfinished['data']): Unfinished => ({
  backup: contents.created,
  claims: placements.map(({ store }) => store.claim),
  data,
});

/**
 * Receives the new data, and then stops the programs and puts it into place.
 * @returns whether there is old data; null: interrupted, and the stack has the data that it had
 */
export async function putInPlace(restore: Restore): Promise<boolean | null> {
  const { work, placements, folder, contents } = restore;
  const { kubectl, config, signal } = work;
  const stores = storesOf(restore);
  try {
    return await onClaims(work, stores, async (claims) => {
      await remember(kubectl, config.namespace, recordOf(restore, 'old'));
      await receiveAll(claims, placements, folder, contents, signal);
      for (const controller of programsOf(stores)) await stop(work, controller);
      await requireStopped(work, programsOf(stores));
      const hadData = await switchAll(claims);
      await requireStopped(work, programsOf(stores));
      await remember(kubectl, config.namespace, recordOf(restore, 'new'));
      return hadData;
    });
  } catch (error) {
    // Nothing was begun before the restore was remembered. Where that cannot be read, the reason is that of the failure, most likely.
    const begun = await unfinished(kubectl, config.namespace).catch(() => undefined);
    if (begun !== null) await backAfter(restore, error);
    if (!(error instanceof Interrupted)) throw error;
    return null;
  }
}

/** Goes back after a failure. @throws VerbError with both reasons if that fails too */
export async function backAfter(restore: Restore, error: unknown): Promise<void> {
  const { work, expected } = restore;
  try {
    await goBack(work, expected, recordOf(restore, 'old'));
  } catch (failure) {
    const programs = programsOf(storesOf(restore)).join(', ');
    const what = `${(error as Error).message}\n\nand the old data could not be put back: ${(failure as Error).message}`;
    const next = work.kubectl.commands.make('monitor-up');
    const fix = `${next} puts it back; until then it is on the claims, and some of ${programs} are stopped`;
    throw new VerbError([{ what, fix }]);
  }
}
