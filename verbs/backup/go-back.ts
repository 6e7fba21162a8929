/** The two ends of a restore: the old data is put back on every claim, or it is deleted from every claim. */
import type { Expected } from '../expected';
import type { Claim } from '../objects';
import { say, toItsEnd, VerbError } from '../terminal';
import { forgetEarlierAdmin, goBackToAdmin } from './admin';
import { type HelperContext, removeHelpers } from './helper';
import { requireStopped, resumeAll, stop } from './pause';
import { type OpenClaim, onClaims } from './place';
import { NEVER } from './process';
import { CONFIRM, isMoved, PRINT_STATE, switchBack } from './restore-scripts';
import { type Store, storesOf } from './stores';
import { remember, type Unfinished, unfinished } from './unfinished';

/** The programs that write to some claims. */
export const programsOf = (stores: readonly Store[]): readonly string[] => [
  ...new Set(stores.map(({ controller }) => controller)),
];

/**
 * The claims of a restore that have a volume.
 * @throws VerbError if this environment has not all of them
 */
async function storesIn({ kubectl }: HelperContext, expected: Expected, claims: readonly string[]) {
  const stores = storesOf(expected).filter(({ claim }) => claims.includes(claim));
  const missing = claims.filter((claim) => !stores.some((store) => store.claim === claim));
  if (missing.length > 0) {
    const what = `a restore of ${missing.join(', ')} is not finished, and this environment has no such claim`;
    throw new VerbError([{ what, fix: 'use the environment file of the time of that restore' }]);
  }
  const { namespace } = expected.config;
  const found = await kubectl.list<Claim>('persistentvolumeclaims', '-n', namespace);
  const bound = new Set(found.filter(({ status }) => status?.phase === 'Bound').map(({ metadata }) => metadata.name));
  return stores.filter(({ claim }) => bound.has(claim));
}

/**
 * Puts the old data back on each claim of a restore, however far that was on each, and starts the programs. It does not end with Ctrl-C.
 * A program that runs with replaced data is stopped first. After a failure programs stay stopped, because their data may be replaced in
 * part; the next command goes on.
 * @returns how many claims have got their old data back
 */
export const goBack = (context: HelperContext, expected: Expected, restore: Unfinished): Promise<number> =>
  toItsEnd('The old data is being put back', async () => {
    const work = { ...context, signal: NEVER };
    const { kubectl, config } = work;
    await remember(kubectl, config.namespace, { ...restore, data: 'old' });
    await removeHelpers(kubectl, config.namespace);
    const stores = await storesIn(work, expected, restore.claims);
    const count = await onClaims(work, stores, (claims) => goBackOn(work, claims));
    await goBackToAdmin(kubectl, config.namespace, config.grafana.admin.secretName);
    await resumeAll(work);
    await remember(kubectl, config.namespace, null);
    return count;
  });

async function goBackOn(work: HelperContext, claims: readonly OpenClaim[]): Promise<number> {
  const moved: Store[] = [];
  for (const { store, helper } of claims) if (isMoved(await helper.run(PRINT_STATE))) moved.push(store);
  for (const controller of programsOf(moved)) await stop(work, controller);
  for (const { store, helper } of claims) {
    if (moved.includes(store)) await requireStopped(work, [store.controller]);
    await helper.run(switchBack(store.program));
  }
  return moved.length;
}

/** Deletes the old data: the programs have started with the new. A failure is printed, and the next command goes on. */
export async function confirm(context: HelperContext, expected: Expected, restore: Unfinished): Promise<void> {
  const work = { ...context, signal: NEVER };
  const { kubectl, config } = work;
  try {
    await remember(kubectl, config.namespace, { ...restore, data: 'confirmed' });
    await onClaims(work, await storesIn(work, expected, restore.claims), async (claims) => {
      for (const { helper } of claims) await helper.run(CONFIRM);
    });
    await forgetEarlierAdmin(kubectl, config.namespace, config.grafana.admin.secretName);
    await remember(kubectl, config.namespace, null);
  } catch (error) {
    const next = kubectl.commands.make('monitor-up');
    say(`The old data is not deleted yet: ${(error as Error).message}\n  ${next} deletes it.`);
  }
}

/**
 * Repairs what a killed backup or restore has left: pods that copied data, data that is replaced in part, programs that are stopped.
 * @throws VerbError if a program cannot be started
 */
export async function repair(work: HelperContext, expected: Expected): Promise<void> {
  const { kubectl, config } = work;
  await removeHelpers(kubectl, config.namespace);
  const restore = await unfinished(kubectl, config.namespace);
  const of = `the restore of the backup of ${restore?.backup}`;
  if (restore?.data === 'old') {
    say(`${of} was not finished: the data that was there before is put back`);
    await goBack(work, expected, restore);
  }
  if (restore?.data === 'confirmed') await confirm(work, expected, restore);
  if (restore?.data === 'new') say(`${of} is not finished: ${unfinishedText(work)}`);
  for (const controller of await resumeAll(work))
    say(`${controller} was left stopped by a command that was killed: started again`);
}

/** How a restore whose data is in place ends. */
export const unfinishedText = ({ kubectl: { commands } }: Pick<HelperContext, 'kubectl'>): string =>
  `the old data is still on the claims; ${commands.make('monitor-up')} deletes it once everything is ready, and ${commands.make('monitor-restore', 'UNDO=yes')} puts it back`;
