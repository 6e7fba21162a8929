import type { VerbSettings } from '../config/verb-settings';
import { MADE_BY } from './admin-secret';
import { removeWorkloads } from './apply';
import { quoted } from './commands';
import { type Cluster, chooseCluster } from './context';
import { type Expected, expectedOf } from './expected';
import { hasNamespace } from './preflight';
import { OURS } from './state';
import { askFor, say, VerbError } from './terminal';
import type { VerbInput } from './up';

/** `monitor-down`: removes the programs, and keeps the claims, the Secrets and the Namespace. */
export async function down({ root, config, settings }: VerbInput): Promise<void> {
  const cluster = await chooseCluster(root, settings);
  await removePrograms(cluster, expectedOf(config), settings);
  for (const claim of await claimsIn(cluster, config.namespace)) say(`  kept  ${claim}`);
}

async function removePrograms(
  { kubectl, context }: Cluster,
  expected: Expected,
  { timeoutSeconds }: VerbSettings,
): Promise<void> {
  const count = await removeWorkloads(kubectl, expected, timeoutSeconds);
  const { namespace } = expected.config;
  say(
    `${count === 0 ? 'Nothing of the stack runs' : `Removed ${count} objects`} in namespace ${namespace} of ${context}.`,
  );
}

/** The stack's claims, as `persistentvolumeclaim/name`. */
async function claimsIn({ kubectl }: Cluster, namespace: string): Promise<readonly string[]> {
  const names = await kubectl.text(['get', 'pvc', '-n', namespace, '-l', OURS, '-o', 'name', '--ignore-not-found']);
  return names.split('\n').filter((name) => name !== '');
}

/**
 * `monitor-down-v`: removes the claims too, after a confirmation, and the administrator's Secret that `monitor-up` has made.
 * @throws VerbError where nobody confirms
 */
export async function downWithVolumes({ root, config, settings }: VerbInput): Promise<void> {
  const cluster = await chooseCluster(root, settings);
  const { kubectl, context } = cluster;
  const { namespace } = config;
  if (!(await hasNamespace(kubectl, namespace))) return say(`There is no namespace ${namespace} in ${context}.`);
  const claims = await claimsIn(cluster, namespace);
  for (const claim of claims) say(`  to be deleted, with all that is stored  ${claim}`);
  if (claims.length > 0) await confirm(cluster, namespace, claims.length, settings);
  await removePrograms(cluster, expectedOf(config), settings);
  const [label, value] = Object.entries(MADE_BY)[0] ?? [];
  const options = ['-n', namespace, '--ignore-not-found', `--timeout=${settings.timeoutSeconds}s`];
  // Those that were named above, and no other that has come since.
  if (claims.length > 0) await kubectl.text(['delete', ...options, ...claims]);
  await kubectl.text(['delete', 'secret', ...options, '-l', `${OURS},${label}=${value}`]);
  const left = kubectl.commands.kubectl(`delete namespace ${namespace}`);
  say(`Deleted ${claims.length} claims. The Namespace stays, with what else is in it: ${left}`);
}

/** Data goes only where the operator names the cluster: a yes may have been meant for another question. */
async function confirm(
  { kubectl, context, server }: Cluster,
  namespace: string,
  count: number,
  { deleteIn }: VerbSettings,
): Promise<void> {
  const question = `Delete ${count} claims of namespace ${namespace} in ${context} (${server}) for ever? Type ${context} to confirm: `;
  const answer = deleteIn ?? (await askFor(question));
  if (answer === context) return;
  const what =
    answer === null
      ? 'There is no terminal to confirm the deletion on.'
      : deleteIn === null
        ? 'Not confirmed: nothing is deleted.'
        : `DELETE is ${deleteIn}, and the context is ${context}: nothing is deleted.`;
  const { make } = kubectl.commands;
  const fix = `${make('monitor-down-v', `DELETE=${quoted(context)}`)} confirms; ${make('monitor-down')} keeps the claims`;
  throw new VerbError([{ what, fix }]);
}
