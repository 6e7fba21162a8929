/** The second half of a restore: the programs start with the new data, and then the old is deleted, or put back. */
import { say, VerbError } from '../terminal';
import { applyIn, finishIn } from '../up';
import { restoreAdmin } from './admin';
import { confirm, unfinishedText } from './go-back';
import { resumeAll } from './pause';
import { backAfter, putInPlace, type Restore, recordOf, storesOf } from './put-in-place';
import { restoreSilences } from './silences';
import { awaitStart, type Started } from './started';

/**
 * Puts the new data into place and starts the stack with it. The old data is deleted once the programs have started. It is put back if
 * something fails before the new data is in place on every claim, and if a program ends again and again with it.
 * @throws VerbError if the stack does not have the new data, or a workload is not ready
 */
export async function replace(restore: Restore): Promise<void> {
  const { work, cluster, expected, input, skipsClusterScope } = restore;
  const hadData = await putInPlace(restore);
  if (hadData === null) return say('Interrupted: the stack has the data that it had.');
  try {
    await start(restore);
    await applyIn(cluster, expected, input, skipsClusterScope);
  } catch (error) {
    throw new VerbError([inPlace(restore, (error as Error).message)]);
  }
  const started = await awaitStart(work, expected, storesOf(restore));
  const failed = started.filter(({ start: how }) => how === 'failed');
  if (failed.length > 0 && hadData) return putBack(restore, failed);
  const late = started.filter(({ start: how }) => how === 'starting' || how === 'failed');
  if (work.signal.aborted) return say(`Interrupted while the programs start: ${unfinishedText(work)}.`);
  if (late.length > 0) throw new VerbError([inPlace(restore, late.map(lateText).join('; '))]);
  await finish(restore, started);
}

/** Starts the programs, whatever becomes of the administrator's Secret. */
async function start({ work, admin }: Restore): Promise<void> {
  const { kubectl, config } = work;
  try {
    if (admin !== null) await restoreAdmin(kubectl, config.namespace, config.grafana.admin.secretName, admin);
  } finally {
    await resumeAll(work);
  }
}

const inPlace = ({ work, contents }: Restore, what: string) => ({
  what: `${what}\n\nThe data of the backup of ${contents.created} is in place`,
  fix: unfinishedText(work),
});

const lateText = ({ controller, start: how, reason }: Started) =>
  how === 'failed'
    ? `${controller} does not start: ${reason}; there was no data before that could be put back`
    : `${controller} has not become ready yet`;

/** Goes back, and says why: what the program has said is gone with its pod. */
async function putBack(restore: Restore, failed: readonly Started[]): Promise<never> {
  const { kubectl, config } = restore.work;
  say('A program does not start with the restored data: the old data is put back.');
  const reasons: string[] = [];
  for (const { controller, reason } of failed) {
    const log = ['logs', '-n', config.namespace, controller, '--all-containers', '--previous', '--tail=5'];
    const { stdout } = await kubectl.run([...log, '--request-timeout=10s']);
    reasons.push([`${controller}: ${reason}`, stdout.trim()].filter(Boolean).join('\n'));
  }
  const error = new VerbError([
    { what: reasons.join('\n'), fix: 'the stack has the data that it had; restore another backup' },
  ]);
  await backAfter(restore, error);
  throw error;
}

/** The programs have the new data: the old is deleted, and what is not on a claim is put into place. */
async function finish(restore: Restore, started: readonly Started[]): Promise<void> {
  const { work, cluster, expected, input, placements } = restore;
  for (const { controller, start: how } of started)
    if (how === 'off') say(`${controller} has no pods in this environment: nothing has opened its data.`);
  await confirm(work, expected, recordOf(restore, 'new'));
  say(`\nRestored: ${placements.map(({ entry }) => `${entry.claim} (${entry.opened})`).join(', ')}`);
  try {
    await finishIn(cluster, expected, input, []);
  } finally {
    if (!input.signal.aborted) await silencesFrom(restore);
  }
}

async function silencesFrom({ work, expected, silences, folder }: Restore): Promise<void> {
  if (silences.length === 0 || !expected.config.alertmanager.enabled) return;
  try {
    const { made, there, over, refused } = await restoreSilences(
      work.kubectl,
      work.config.namespace,
      silences,
      work.signal,
    );
    say(`silences: ${made} made, ${there} were there, ${over} are over`);
    for (const reason of refused) say(`  not made: ${reason}`);
  } catch (error) {
    say(`silences are not made: ${(error as Error).message}\n  they are in ${folder}/silences.json`);
  }
}
