/** What becomes of a restore that was not finished: before another one, and where the operator wants the old data back. */
import { confirmDeletion } from '../confirm-deletion';
import { chooseCluster } from '../context';
import { type Expected, expectedOf } from '../expected';
import type { Kubectl } from '../kubectl';
import { refuseLosses } from '../leaving-claims';
import { say, VerbError } from '../terminal';
import type { VerbInput } from '../up';
import { exclusively } from './exclusively';
import { confirm, goBack } from './go-back';
import type { HelperContext } from './helper';
import { RESTORE_RIGHTS, requireRights } from './rights';
import { startsOf } from './started';
import { storesOf } from './stores';
import { type Unfinished, unfinished } from './unfinished';

/** Before another restore: the data of the earlier one stays if the programs have started with it, else the data before it is put back. */
export async function settle(work: HelperContext, expected: Expected): Promise<void> {
  const left = await unfinished(work.kubectl, work.config.namespace);
  if (left?.data !== 'new') return;
  const stores = storesOf(expected).filter(({ claim }) => left.claims.includes(claim));
  const started = (await startsOf(work, expected, stores)).filter(({ start }) => start !== 'off');
  if (started.length > 0 && started.every(({ start }) => start === 'ready')) return confirm(work, expected, left);
  say(`the restore of the backup of ${left.backup} was not finished: the data that was there before is put back`);
  await goBack(work, expected, left);
}

/**
 * `UNDO=yes`: puts back the data before a restore that is not finished.
 * @throws VerbError if there is none
 */
export async function undo({ root, config, settings, signal }: VerbInput): Promise<void> {
  const cluster = await chooseCluster(root, settings);
  const { kubectl } = cluster;
  const { namespace } = config;
  const expected = expectedOf(config);
  await requireRights(kubectl, namespace, RESTORE_RIGHTS);
  await refuseLosses(kubectl, namespace);
  const { claims } = await requireUnfinished(kubectl, namespace);
  const action = `Delete the restored data of ${claims.length} claims of namespace ${namespace}`;
  const deletion = { action, verb: 'monitor-restore', variables: ['UNDO=yes'], instead: 'monitor-up', keeps: 'it' };
  await confirmDeletion(cluster, deletion, settings);
  await exclusively({ kubectl, namespace, signal }, 'monitor-restore', async (own) => {
    const work = { kubectl, config, signal: own, timeoutSeconds: settings.timeoutSeconds };
    const count = await goBack(work, expected, await requireUnfinished(kubectl, namespace));
    say(`The data before the restore is back on ${count} claims.`);
  });
}

async function requireUnfinished(kubectl: Kubectl, namespace: string): Promise<Unfinished> {
  const left = await unfinished(kubectl, namespace);
  if (left !== null && left.data !== 'confirmed') return left;
  const what = `there is no restore in namespace ${namespace} that is not finished`;
  const fix = `${kubectl.commands.make('monitor-restore', 'FROM=FOLDER')} restores a backup`;
  throw new VerbError([{ what, fix }]);
}
