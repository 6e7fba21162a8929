/** `monitor-restore`: puts the data of a backup in place of what the stack has, or onto an empty cluster. */
import { applyObjects, keptObjects, objectsToApply } from '../apply';
import { quoted } from '../commands';
import { confirmDeletion } from '../confirm-deletion';
import { type Cluster, chooseCluster } from '../context';
import { type Expected, expectedOf } from '../expected';
import { refuseLosses } from '../leaving-claims';
import { plannedUpgrade } from '../live/carry-out';
import { compare } from '../live/compare';
import { hasNamespace } from '../namespaces';
import type { Claim } from '../objects';
import { OURS } from '../ownership';
import { preflight } from '../preflight';
import { say, VerbError } from '../terminal';
import type { VerbInput } from '../up';
import type { Contents } from './contents';
import { exclusively } from './exclusively';
import { besidesIn, checked, folderOf } from './from-folder';
import { repair } from './go-back';
import type { Placement } from './place';
import { replace } from './replace';
import { RESTORE_RIGHTS, rightsIn } from './rights';
import { storesOf } from './stores';
import { settle, undo } from './undo';
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
  const besides = besidesIn(folder, contents);
  const cluster = await chooseCluster(root, settings);
  const { kubectl } = cluster;
  const expected = expectedOf(config);
  const placements = placementsOf(expected, contents);
  say(`the backup of ${contents.created} of ${contents.environment}, namespace ${contents.namespace}, is whole`);
  const rights = rightsIn(config.namespace, RESTORE_RIGHTS);
  const { notes, skipsClusterScope } = await preflight(kubectl, expected, [], rights);
  for (const note of [...notes, ...unknownVersions(placements)]) say(note);
  await refuseLosses(kubectl, config.namespace);
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
    await settle(work, expected);
    await repair(work, expected);
    await replace({ input, cluster, work, expected, skipsClusterScope, placements, folder, contents, ...besides });
  });
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
