/** The part of a restore that changes something: data is replaced while its programs are stopped, and then they are started. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expected } from '../expected';
import { say } from '../terminal';
import { up, type VerbInput } from '../up';
import { ADMIN, readAdmin, restoreAdmin } from './admin';
import type { Contents } from './contents';
import type { HelperContext } from './helper';
import { repair, resume, type Stopped, stop, waitUntilStarted } from './pause';
import { forgetAll, type Placement, receiveAll, switchAll, switchAllBack } from './place';
import { Interrupted } from './process';
import { parseSilences, restoreSilences, SILENCES } from './silences';

/** A restore whose backup is whole and belongs to this stack. */
export interface Restore {
  readonly input: VerbInput;
  readonly work: HelperContext;
  readonly expected: Expected;
  readonly placements: readonly Placement[];
  /** The backup's folder. */
  readonly folder: string;
  readonly contents: Contents;
}

const controllersOf = ({ placements }: Restore) => [...new Set(placements.map(({ store }) => store.controller))];

/** Cleaning up goes on after Ctrl-C. */
const anyway = (work: HelperContext): HelperContext => ({ ...work, signal: new AbortController().signal });

/**
 * Puts the data into place while the programs are stopped. A failure puts the old data back and starts them.
 * @returns false: interrupted, and the programs run with the data that they had
 */
export async function replace(restore: Restore): Promise<boolean> {
  const { work, placements, folder, contents } = restore;
  const stopped: Stopped[] = [];
  try {
    for (const controller of controllersOf(restore)) {
      const found = await stop(work, controller);
      if (found !== null) stopped.push(found);
    }
    await receiveAll(work, placements, folder, contents);
    await switchAll(anyway(work), placements);
    return true;
  } catch (error) {
    await switchAllBack(anyway(work), placements);
    for (const each of stopped) await resume(work, each);
    if (!(error instanceof Interrupted)) throw error;
    say('Interrupted: the stack has the data that it had.');
    return false;
  }
}

/**
 * Starts the stack. The old data is deleted once the programs are ready; if one of them does not start, the old data is put back.
 * @throws VerbError if a workload does not become ready
 */
export async function startRestored(restore: Restore): Promise<void> {
  const { input, work, expected, placements, folder } = restore;
  const { kubectl, config } = work;
  const { secretName } = expected.config.grafana.admin;
  const before = await readAdmin(kubectl, config.namespace, secretName);
  const admin = adminOf(restore);
  if (admin !== null) await restoreAdmin(kubectl, config.namespace, secretName, admin);
  try {
    await up({ ...input, settings: { ...input.settings, forward: false } });
  } catch (error) {
    if (await areReady(restore)) await forgetAll(anyway(work), placements);
    else {
      say('A program did not start with the restored data: the old data is put back.');
      await putBack(restore);
      if (before !== null) await restoreAdmin(kubectl, config.namespace, secretName, before);
    }
    throw error;
  }
  if (input.signal.aborted) return say('Interrupted while the programs start with the restored data.');
  await forgetAll(work, placements);
  await silencesFrom(restore, folder);
  say(`\nRestored: ${placements.map(({ entry }) => `${entry.claim} (${entry.opened})`).join(', ')}`);
}

const has = ({ contents }: Restore, file: string) => contents.files.some(({ path }) => path === file);

const adminOf = (restore: Restore): string | null =>
  has(restore, ADMIN) ? readFileSync(join(restore.folder, ADMIN), 'utf8') : null;

/** Whether the programs whose data was restored are ready, whatever else is not. */
async function areReady(restore: Restore): Promise<boolean> {
  const soon = { ...anyway(restore.work), timeoutSeconds: 1 };
  const checks = controllersOf(restore).map((controller) => waitUntilStarted(soon, controller));
  return (await Promise.allSettled(checks)).every(({ status }) => status === 'fulfilled');
}

async function putBack(restore: Restore): Promise<void> {
  const work = anyway(restore.work);
  for (const controller of controllersOf(restore)) await stop(work, controller);
  await switchAllBack(work, restore.placements);
  await repair(work.kubectl, work.config.namespace);
}

async function silencesFrom(restore: Restore, folder: string): Promise<void> {
  const { work, expected } = restore;
  if (!has(restore, SILENCES) || !expected.config.alertmanager.enabled) return;
  const silences = parseSilences(readFileSync(join(folder, SILENCES), 'utf8'));
  const { namespace } = expected.config;
  const { made, there, over } = await restoreSilences(work.kubectl, namespace, silences, work.signal);
  say(`silences: ${made} made, ${there} were there, ${over} are over`);
}
