/** Pods on the claims whose data is replaced, and what they do there. */
import { say, VerbError } from '../terminal';
import type { Contents, StoreEntry } from './contents';
import { type Helper, type HelperContext, startHelper } from './helper';
import { FREE, switchTo } from './restore-scripts';
import type { Store } from './stores';
import { push, sizeText } from './transfer';

/** A claim and its data in a backup. */
export interface Placement {
  readonly store: Store;
  readonly entry: StoreEntry;
}

/** A claim, and a shell on it. */
export interface OpenClaim {
  readonly store: Store;
  readonly helper: Helper;
}

/**
 * Starts a helper on each claim, does something with them, and removes them.
 * @throws VerbError if one of them does not start; then nothing was done
 */
export async function onClaims<Result>(
  context: HelperContext,
  stores: readonly Store[],
  action: (claims: readonly OpenClaim[]) => Promise<Result>,
): Promise<Result> {
  const open: OpenClaim[] = [];
  try {
    for (const store of stores) open.push({ store, helper: await startHelper(context, store) });
    return await action(open);
  } finally {
    // A pod that cannot be deleted is deleted by the next command.
    for (const { helper } of open) await helper.remove().catch((error: Error) => say(error.message));
  }
}

/** Copies the data onto the claims, beside what is there, and compares it. */
export async function receiveAll(
  claims: readonly OpenClaim[],
  placements: readonly Placement[],
  root: string,
  { files }: Pick<Contents, 'files'>,
  signal: AbortSignal,
): Promise<void> {
  for (const { store, helper } of claims) {
    const entry = placements.find((placement) => placement.store.claim === store.claim)?.entry;
    if (entry === undefined) continue;
    await requireRoom(helper, entry);
    await push(helper, root, entry, files, signal);
    say(`${entry.claim.padEnd(18)}  ${sizeText(entry.bytes)} received and compared`);
  }
}

/** The new data is beside the old until a program has started with it. */
async function requireRoom(helper: Helper, { claim, bytes }: StoreEntry): Promise<void> {
  const free = Number(await helper.run(FREE)) * 1024;
  if (free > bytes) return;
  const what = `claim ${claim} has ${sizeText(free)} free, and the backup's data needs ${sizeText(bytes)} beside the old data`;
  throw new VerbError([{ what, fix: 'make the claim larger; nothing was changed' }]);
}

/** Puts the new data into place, and keeps the old beside it. @returns whether a claim has old data */
export async function switchAll(claims: readonly OpenClaim[]): Promise<boolean> {
  let kept = 0;
  for (const { store, helper } of claims) kept += Number(await helper.run(switchTo(store.program)));
  return kept > 0;
}
