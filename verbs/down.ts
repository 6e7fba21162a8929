import type { VerbSettings } from '../config/verb-settings';
import { MADE_BY } from './admin-secret';
import { deleteWorkloads } from './apply';
import { refuseIfAtWork } from './backup/leftovers';
import { confirmDeletion } from './confirm-deletion';
import { type Cluster, chooseCluster } from './context';
import { type Expected, expectedOf } from './expected';
import { hasNamespace } from './preflight';
import { OURS } from './state';
import { say } from './terminal';
import type { VerbInput } from './up';

/** `monitor-down`: deletes the programs, and keeps the claims, the Secrets and the Namespace. */
export async function down({ root, config, settings, signal }: VerbInput): Promise<void> {
  const cluster = await chooseCluster(root, settings);
  await refuseIfAtWork(cluster.kubectl, config.namespace, signal);
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

/** The stack's claims, as `persistentvolumeclaim/name`. */
async function claimsIn({ kubectl }: Cluster, namespace: string): Promise<readonly string[]> {
  const names = await kubectl.text(['get', 'pvc', '-n', namespace, '-l', OURS, '-o', 'name', '--ignore-not-found']);
  return names.split('\n').filter((name) => name !== '');
}

/**
 * `monitor-down-v`: also deletes the claims, after a confirmation, and the administrator's Secret that `monitor-up` created.
 * @throws VerbError if the operator does not confirm
 */
export async function downWithVolumes({ root, config, settings, signal }: VerbInput): Promise<void> {
  const cluster = await chooseCluster(root, settings);
  const { kubectl, context } = cluster;
  const { namespace } = config;
  await refuseIfAtWork(kubectl, namespace, signal);
  if (!(await hasNamespace(kubectl, namespace))) return say(`There is no namespace ${namespace} in ${context}.`);
  const claims = await claimsIn(cluster, namespace);
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
  say(`Deleted ${claims.length} claims. The Namespace remains. To delete it with everything in it: ${rest}`);
}
