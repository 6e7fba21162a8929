import { MADE_BY } from './admin-secret';
import { removeWorkloads } from './apply';
import { chooseCluster } from './context';
import { expectedOf } from './expected';
import { hasNamespace } from './preflight';
import { OURS } from './state';
import { ask, say, VerbError } from './terminal';
import type { VerbInput } from './up';

/** `monitor-down`: removes the programs, and keeps the claims, the Secrets and the Namespace. */
export async function down({ root, config, settings }: VerbInput): Promise<void> {
  const { kubectl, context } = await chooseCluster(root, settings);
  const expected = expectedOf(config);
  const count = await removeWorkloads(kubectl, expected, settings.timeoutSeconds);
  const { namespace } = config;
  say(
    `${count === 0 ? 'Nothing of the stack runs' : `Removed ${count} objects`} in namespace ${namespace} of ${context}.`,
  );
  const claims = await kubectl.text(['get', 'pvc', '-n', namespace, '-l', OURS, '-o', 'name', '--ignore-not-found']);
  for (const claim of lines(claims)) say(`  kept  ${claim}`);
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/**
 * `monitor-down-v`: removes the claims too, after a confirmation, and the administrator's Secret that `monitor-up` has made.
 * @throws VerbError where nobody confirms
 */
export async function downWithVolumes(input: VerbInput): Promise<void> {
  const { root, config, settings } = input;
  const { kubectl, context } = await chooseCluster(root, settings);
  const { namespace } = config;
  if (!(await hasNamespace(kubectl, namespace))) return say(`There is no namespace ${namespace} in ${context}.`);
  const claims = lines(await kubectl.text(['get', 'pvc', '-n', namespace, '-l', OURS, '-o', 'name']));
  for (const claim of claims) say(`  to be deleted, with all that is stored  ${claim}`);
  if (claims.length > 0 && !settings.yes) {
    const answer = await ask(`Delete ${claims.length} claims of namespace ${namespace} in ${context} for ever?`);
    if (answer !== true) {
      const fix = 'YES=1 confirms; make monitor-down keeps the claims';
      throw new VerbError([{ what: answer === null ? 'There is no terminal to confirm on.' : 'Not confirmed.', fix }]);
    }
  }
  await down(input);
  const [label, value] = Object.entries(MADE_BY)[0] ?? [];
  const options = ['-n', namespace, '--ignore-not-found', `--timeout=${settings.timeoutSeconds}s`];
  await kubectl.text(['delete', 'pvc', ...options, '-l', OURS]);
  await kubectl.text(['delete', 'secret', ...options, '-l', `${OURS},${label}=${value}`]);
  say(
    `Deleted ${claims.length} claims. The Namespace stays, with what else is in it: kubectl delete namespace ${namespace}`,
  );
}
