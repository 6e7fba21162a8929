/** Puts the data of a backup onto the claims of programs that are stopped, and back. */
import { say } from '../terminal';
import type { Contents, StoreEntry } from './contents';
import { type Helper, type HelperContext, startHelper } from './helper';
import { FORGET, switchBack, switchTo } from './scripts';
import type { Store } from './stores';
import { push, sizeText } from './transfer';

/** A claim and its data in a backup. */
export interface Placement {
  readonly store: Store;
  readonly entry: StoreEntry;
}

/** Runs an action with a helper on each claim, one after the other. */
async function onEach(
  context: HelperContext,
  placements: readonly Placement[],
  action: (helper: Helper, placement: Placement) => Promise<unknown>,
): Promise<void> {
  for (const placement of placements) {
    const helper = await startHelper(context, placement.store);
    try {
      await action(helper, placement);
    } finally {
      await helper.remove();
    }
  }
}

/** Copies the data onto the claims, beside what is there, and compares it. */
export const receiveAll = (
  context: HelperContext,
  placements: readonly Placement[],
  root: string,
  { files }: Pick<Contents, 'files'>,
): Promise<void> =>
  onEach(context, placements, async (helper, { entry }) => {
    await push(helper, root, entry, files, context.signal);
    say(`${entry.claim.padEnd(18)}  ${sizeText(entry.bytes)} received and compared`);
  });

/** Puts the new data into place, and keeps the old beside it. */
export const switchAll = (context: HelperContext, placements: readonly Placement[]): Promise<void> =>
  onEach(context, placements, (helper, { entry }) => helper.run(switchTo(entry.program)));

/** Puts the old data back. */
export const switchAllBack = (context: HelperContext, placements: readonly Placement[]): Promise<void> =>
  onEach(context, placements, (helper, { entry }) => helper.run(switchBack(entry.program)));

/** Deletes the old data. */
export const forgetAll = (context: HelperContext, placements: readonly Placement[]): Promise<void> =>
  onEach(context, placements, (helper) => helper.run(FORGET));
