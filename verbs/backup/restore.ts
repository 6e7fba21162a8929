/** `monitor-restore`: puts the data of a backup in place of what the stack has, or onto an empty cluster. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { applyObjects, keptObjects, objectsToApply } from '../apply';
import { quoted } from '../commands';
import { confirmDeletion } from '../confirm-deletion';
import { type Cluster, chooseCluster } from '../context';
import { type Expected, expectedOf } from '../expected';
import { plannedUpgrade } from '../live/carry-out';
import { compare } from '../live/compare';
import { hasNamespace } from '../namespaces';
import type { Claim } from '../objects';
import { OURS } from '../ownership';
import { preflight } from '../preflight';
import { say, VerbError } from '../terminal';
import type { VerbInput } from '../up';
import { ADMIN, parseAdmin } from './admin';
import { type Contents, damaged, type ReadContents, readContents, refused } from './contents';
import { confirm, goBack, repair } from './go-back';
import type { HelperContext } from './helper';
import { exclusively } from './lease';
import type { Placement } from './place';
import { type Restore, replace } from './replace';
import { RESTORE_RIGHTS, requireRights, rightsIn } from './rights';
import { isScheduledCopy, readScheduledCopy } from './scheduled-copy';
import { parseSilences, SILENCES } from './silences';
import { startsOf } from './started';
import { storesOf } from './stores';
import { unfinished } from './unfinished';
import { downgrades, unknownVersions } from './versions';

/**
 * Restores a backup. The old data stays on the claims until the programs have started with the new; if they fail, it is put back. `UNDO`
 * puts back what a restore has left there.
 * @throws VerbError if the backup is damaged or of another stack, which changes nothing; or if the programs do not start with it
 */
export async function restore(input: VerbInput): Promise<void> {
  const { root, config, settings, signal } = input;
  if (settings.undo) return undo(input);
  const folder = folderOf(root, settings.from);
  const contents = await checked(folder, input);
  const others = othersIn(folder, contents);
  const cluster = await chooseCluster(root, settings);
  const { kubectl } = cluster;
  const expected = expectedOf(config);
  const placements = placementsOf(expected, contents);
  say(`the backup of ${contents.created} of ${contents.environment}, namespace ${contents.namespace}, is whole`);
  const { notes, skipsClusterScope } = await preflight(
    kubectl,
    expected,
    [],
    rightsIn(config.namespace, RESTORE_RIGHTS),
  );
  for (const note of [...notes, ...unknownVersions(placements)]) say(note);
  const rendered = await objectsToApply(kubectl, expected, skipsClusterScope);
  await plannedUpgrade(kubectl, await compare(kubectl, expected, rendered), rendered);
  await confirmReplacement(cluster, expected, placements, input);
  await applyObjects(kubectl, keptObjects(expected, skipsClusterScope));
  await applyObjects(
    kubectl,
    placements.flatMap(({ store: { template } }) => template ?? []),
  );
  await exclusively({ kubectl, namespace: config.namespace, signal }, 'monitor-restore', async (own) => {
    const work = { kubectl, config, signal: own, timeoutSeconds: settings.timeoutSeconds };
    await repair(work, expected);
    await settle(work, expected);
    await replace({ input, cluster, work, expected, skipsClusterScope, placements, folder, contents, ...others });
  });
}

/** An earlier restore that was not finished: its data stays if the programs have started with it, else the data before it is put back. */
async function settle(work: HelperContext, expected: Expected): Promise<void> {
  const left = await unfinished(work.kubectl, work.config.namespace);
  if (left === null) return;
  const stores = storesOf(expected).filter(({ claim }) => left.claims.includes(claim));
  const started = await startsOf(work, expected, stores);
  if (started.every(({ start }) => start === 'ready')) return confirm(work, expected, left);
  say(`the restore of the backup of ${left.backup} was not finished: the data that was there before is put back`);
  await goBack(work, expected, left);
}

/** `UNDO=yes`: puts back the data before a restore that is not finished. */
async function undo({ root, config, settings, signal }: VerbInput): Promise<void> {
  const cluster = await chooseCluster(root, settings);
  const { kubectl } = cluster;
  const { namespace } = config;
  const expected = expectedOf(config);
  await requireRights(kubectl, namespace, RESTORE_RIGHTS);
  const left = await unfinished(kubectl, namespace);
  if (left === null || left.data === 'confirmed') {
    const what = `there is no restore in namespace ${namespace} that is not finished`;
    throw new VerbError([
      { what, fix: `${kubectl.commands.make('monitor-restore', 'FROM=FOLDER')} restores a backup` },
    ]);
  }
  const action = `Delete the restored data of ${left.claims.length} claims of namespace ${namespace}`;
  const deletion = { action, verb: 'monitor-restore', variables: ['UNDO=yes'], instead: 'monitor-up', keeps: 'it' };
  await confirmDeletion(cluster, deletion, settings);
  await exclusively({ kubectl, namespace, signal }, 'monitor-restore', async (own) => {
    const work = { kubectl, config, signal: own, timeoutSeconds: settings.timeoutSeconds };
    const count = await goBack(work, expected, left);
    say(`The data before the restore is back on ${count} claims.`);
  });
}

/** What a backup has besides the claims. @throws VerbError if it is not what monitor-backup writes */
function othersIn(folder: string, { files }: Contents): Pick<Restore, 'admin' | 'silences'> {
  const textOf = (name: string) =>
    files.some(({ path }) => path === name) ? readFileSync(join(folder, name), 'utf8') : null;
  const admin = textOf(ADMIN);
  const silences = textOf(SILENCES);
  try {
    return {
      admin: admin === null ? null : parseAdmin(admin),
      silences: silences === null ? [] : parseSilences(silences),
    };
  } catch (error) {
    throw error instanceof VerbError
      ? error
      : new VerbError([damaged(folder)(`${SILENCES}: ${(error as Error).message}`)]);
  }
}

function folderOf(root: string, from: string | null): string {
  if (from !== null) return resolve(root, from);
  throw new VerbError([
    { what: 'no backup is named', fix: 'FROM=FOLDER names the folder that monitor-backup created' },
  ]);
}

/** Reads what monitor-backup or a CronJob has made. */
async function readBackup(folder: string): Promise<ReadContents> {
  if (!isScheduledCopy(folder)) return readContents(folder);
  const read = await readScheduledCopy(folder);
  return 'problems' in read ? refused(read.problems.map(damaged(folder))) : { ok: true, contents: read.contents };
}

/** @throws VerbError if the backup is not whole, or of another stack */
async function checked(folder: string, { config: { environment, namespace } }: VerbInput): Promise<Contents> {
  const read = await readBackup(folder);
  if (!read.ok) throw new VerbError(read.problems);
  const { contents } = read;
  if (contents.environment === environment && contents.namespace === namespace) return contents;
  const of = `environment ${contents.environment}, namespace ${contents.namespace}`;
  const what = `${folder} is of another stack: ${of}; this is environment ${environment}, namespace ${namespace}`;
  throw new VerbError([{ what, fix: `ENVIRONMENT=${contents.environment} restores it; nothing was changed` }]);
}

/** @throws VerbError if the stack has no claim for some of the data, or an older program */
function placementsOf(expected: Expected, { stores }: Contents): readonly Placement[] {
  const claims = new Map(storesOf(expected).map((store) => [store.claim, store]));
  const found = stores.map((entry) => ({ entry, store: claims.get(entry.claim) }));
  const problems = found
    .filter(({ store, entry }) => store?.program !== entry.program)
    .map(({ entry: { claim, program } }) => ({
      what: `the backup has data of ${program} on the claim ${claim}, which this stack does not have`,
      fix: 'use the environment file of the time of the backup: manifests.json in the backup is what it rendered',
    }));
  const placements = found.flatMap(({ store, entry }) => (store === undefined ? [] : [{ store, entry }]));
  const all = [...problems, ...downgrades(placements)];
  if (all.length > 0) throw new VerbError(all);
  return placements;
}

/** Asks before data is replaced. Claims without a volume have none. */
async function confirmReplacement(
  cluster: Cluster,
  { config: { namespace } }: Expected,
  placements: readonly Placement[],
  { settings }: VerbInput,
): Promise<void> {
  if (!(await hasNamespace(cluster.kubectl, namespace))) return;
  const claims = await cluster.kubectl.list<Claim>('persistentvolumeclaims', '-n', namespace, '-l', OURS);
  const bound = new Set(claims.filter(({ status }) => status?.phase === 'Bound').map(({ metadata }) => metadata.name));
  const replaced = placements.filter(({ store }) => bound.has(store.claim)).map(({ store }) => store.claim);
  if (replaced.length === 0) return;
  for (const claim of replaced) say(`  to be replaced, with its data  ${claim}`);
  const variables = [`FROM=${quoted(settings.from ?? '')}`];
  const action = `Replace the data of ${replaced.length} claims of namespace ${namespace}`;
  const deletion = { action, verb: 'monitor-restore', variables, instead: 'monitor-backup', keeps: 'a copy of it' };
  await confirmDeletion(cluster, deletion, settings);
}
