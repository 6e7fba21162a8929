/** `monitor-restore`: puts the data of a backup in place of what the stack has, or onto an empty cluster. */
import { resolve } from 'node:path';
import { applyObjects } from '../apply';
import { quoted } from '../commands';
import { confirmDeletion } from '../confirm-deletion';
import { type Cluster, chooseCluster } from '../context';
import { type Expected, expectedOf } from '../expected';
import { hasNamespace } from '../namespaces';
import type { Claim } from '../objects';
import { OURS } from '../ownership';
import { preflight } from '../preflight';
import { say, VerbError } from '../terminal';
import type { VerbInput } from '../up';
import { type Contents, damaged, type ReadContents, readContents, refused } from './contents';
import { repair } from './pause';
import type { Placement } from './place';
import { replace, startRestored } from './replace';
import { isScheduledCopy, readScheduledCopy } from './scheduled-copy';
import { storesOf } from './stores';

/**
 * Restores a backup. The old data stays on the claims until the programs have started with the new; if they do not, it is put back.
 * @throws VerbError if the backup is damaged or of another stack, which changes nothing; or if the programs do not start with it
 */
export async function restore(input: VerbInput): Promise<void> {
  const { root, config, settings, signal } = input;
  const folder = folderOf(root, settings.from);
  const contents = await checked(folder, input);
  const cluster = await chooseCluster(root, settings);
  const { kubectl } = cluster;
  const expected = expectedOf(config);
  const placements = placementsOf(expected, contents);
  say(`the backup of ${contents.created} of ${contents.environment}, namespace ${contents.namespace}, is whole`);
  const { notes, skipsClusterScope } = await preflight(kubectl, expected, []);
  for (const note of notes) say(note);
  await confirmReplacement(cluster, expected, placements, input);
  const work = { kubectl, config, signal, timeoutSeconds: settings.timeoutSeconds };
  await applyObjects(
    kubectl,
    skipsClusterScope ? expected.keep.filter(({ metadata }) => metadata.namespace !== undefined) : expected.keep,
  );
  await applyObjects(
    kubectl,
    placements.flatMap(({ store: { template } }) => template ?? []),
  );
  await repair(kubectl, config.namespace);
  const restored = { input, work, expected, placements, folder, contents };
  if (await replace(restored)) await startRestored(restored);
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

/** @throws VerbError if the stack has no claim for some of the data */
function placementsOf(expected: Expected, { stores }: Contents): readonly Placement[] {
  const claims = new Map(storesOf(expected).map((store) => [store.claim, store]));
  const found = stores.map((entry) => ({ entry, store: claims.get(entry.claim) }));
  const problems = found
    .filter(({ store, entry }) => store?.program !== entry.program)
    .map(({ entry: { claim, program } }) => ({
      what: `the backup has data of ${program} on the claim ${claim}, which this stack does not have`,
      fix: 'use the environment file of the time of the backup: manifests.json in the backup is what it rendered',
    }));
  if (problems.length > 0) throw new VerbError(problems);
  return found.flatMap(({ store, entry }) => (store === undefined ? [] : [{ store, entry }]));
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
