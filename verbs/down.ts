import type { VerbSettings } from '../config/verb-settings';
import { BACKUP_PREFIX } from '../content/alerts/kubernetes/scope';
import { MADE_BY } from './admin-secret';
import { deleteWorkloads } from './apply';
import { refuseIfAtWork } from './backup/leftovers';
import { confirmDeletion } from './confirm-deletion';
import { type Cluster, chooseCluster } from './context';
import { type Expected, expectedOf } from './expected';
import { refuseLosses } from './leaving-claims';
import { hasNamespace } from './namespaces';
import { OURS, ofStack } from './ownership';
import { say } from './terminal';
import type { VerbInput } from './up';

/**
 * `monitor-down`: deletes the programs, and keeps the claims, the Secrets and the Namespace.
 * @throws VerbError if the data of a claim would go with its pod, because the claim is being deleted
 */
export async function down({ root, config, settings, signal }: VerbInput): Promise<void> {
  const cluster = await chooseCluster(root, settings);
  await refuseIfAtWork(cluster.kubectl, config.namespace, signal);
  await refuseLosses(cluster.kubectl, config.namespace);
  await deletePrograms(cluster, expectedOf(config), settings);
  for (const claim of await claimsIn(cluster, config.namespace)) say(`  kept  ${claim}`);
}

async function deletePrograms(
  { kubectl, context }: Cluster,
  expected: Expected,
  { timeoutSeconds }: VerbSettings,
): Promise<void> {
  const count = await deleteWorkloads(kubectl, expected, timeoutSeconds);
  const { namespace } = expected.config;
  say(
    `${count === 0 ? 'The stack is not running' : `Deleted ${count} objects`} in namespace ${namespace} of ${context}.`,
  );
}

const NAMES = ['-o', 'name', '--ignore-not-found'];

/** The stack's claims, as `persistentvolumeclaim/name`. */
async function claimsIn({ kubectl }: Cluster, namespace: string): Promise<readonly string[]> {
  const names = await kubectl.text(['get', 'pvc', '-n', namespace, '-l', ofStack(namespace), ...NAMES]);
  return names.split('\n').filter((name) => name !== '');
}

/** Whether a claim has the copies of scheduled backups. */
const hasCopies = (claim: string): boolean => claim.startsWith(`persistentvolumeclaim/${BACKUP_PREFIX}`);

/**
 * `monitor-down-v`: also deletes the claims, after a confirmation, and the administrator's Secret that `monitor-up` created. The claims
 * with backups stay: a backup is there for the day on which the other claims are gone.
 * @throws VerbError if the operator does not confirm
 */
export async function downWithVolumes({ root, config, settings, signal }: VerbInput): Promise<void> {
  const cluster = await chooseCluster(root, settings);
  const { kubectl, context } = cluster;
  const { namespace } = config;
  await refuseIfAtWork(kubectl, namespace, signal);
  if (!(await hasNamespace(kubectl, namespace))) return say(`There is no namespace ${namespace} in ${context}.`);
  const all = await claimsIn(cluster, namespace);
  const [claims, backups] = [all.filter((claim) => !hasCopies(claim)), all.filter(hasCopies)];
  for (const claim of backups) say(`  kept, with backups  ${claim}`);
  for (const claim of claims) say(`  to be deleted, with its data  ${claim}`);
  if (claims.length > 0) {
    const action = `Delete ${claims.length} claims of namespace ${namespace}`;
    await confirmDeletion(
      cluster,
      { action, verb: 'monitor-down-v', instead: 'monitor-down', keeps: 'the claims' },
      settings,
    );
  }
  await deletePrograms(cluster, expectedOf(config), settings);
  const [label, value] = Object.entries(MADE_BY)[0] ?? [];
  const options = ['-n', namespace, '--ignore-not-found', `--timeout=${settings.timeoutSeconds}s`];
  // Only the claims that were listed above, not any created since.
  if (claims.length > 0) await kubectl.text(['delete', ...options, ...claims]);
  await kubectl.text(['delete', 'secret', ...options, '-l', `${OURS},${label}=${value}`]);
  const rest = kubectl.commands.kubectl(`delete namespace ${namespace}`);
  const what = backups.length > 0 ? 'everything in it, also the backups' : 'everything in it';
  say(`Deleted ${claims.length} claims. The Namespace remains. To delete it with ${what}: ${rest}`);
  if (backups.length > 0)
    say(`To delete the backups: ${kubectl.commands.kubectl(`-n ${namespace} delete ${backups.join(' ')}`)}`);
}
