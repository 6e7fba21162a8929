/** What `monitor-up` does about a backup or a restore: it waits for none, repairs what a killed one has left, and ends an unfinished one. */
import type { Expected } from '../expected';
import type { Kubectl } from '../kubectl';
import { say } from '../terminal';
import { exclusively } from './exclusively';
import { confirm, repair } from './go-back';
import type { HelperContext } from './helper';
import { LEASE, type Lease, untilFree } from './lease';
import { unfinished, unfinishedIn } from './unfinished';

/** The Lease; null: no backup or restore was ever made, or this user may not read Leases, which is said. */
async function leaseOf(kubectl: Kubectl, namespace: string): Promise<Lease | null> {
  const args = ['get', 'lease', '-n', namespace, LEASE, '--ignore-not-found', '-o', 'json'];
  const text = await kubectl.allowed([...args, '--request-timeout=10s']);
  if (text === null) say('You cannot read Leases: whether a backup or a restore is at work is not checked.');
  return text === null || text === '' ? null : (JSON.parse(text) as Lease);
}

/**
 * Repairs what a killed backup or restore has left.
 * @param command the command that does it, as `monitor-up`
 * @throws VerbError if one is at work
 */
export async function repairFirst(work: HelperContext, expected: Expected, command: string): Promise<void> {
  const { kubectl, config, signal } = work;
  const { namespace } = config;
  if ((await leaseOf(kubectl, namespace)) === null) return;
  await exclusively({ kubectl, namespace, signal }, command, (own) => repair({ ...work, signal: own }, expected));
}

/** @throws VerbError if a backup or a restore is at work */
export async function refuseIfAtWork(kubectl: Kubectl, namespace: string, signal: AbortSignal): Promise<void> {
  if ((await leaseOf(kubectl, namespace)) !== null) await untilFree({ kubectl, namespace, signal });
}

/** Everything is ready: the old data of a restore that is not finished is deleted. */
export async function confirmIfUnfinished(work: HelperContext, expected: Expected): Promise<void> {
  const { kubectl, config, signal } = work;
  const { namespace } = config;
  if (unfinishedIn(await leaseOf(kubectl, namespace))?.data !== 'new') return;
  await exclusively({ kubectl, namespace, signal }, 'monitor-up', async () => {
    const restore = await unfinished(kubectl, namespace);
    if (restore?.data !== 'new') return;
    await confirm(work, expected, restore);
    say(`the restore of the backup of ${restore.backup} is finished`);
  });
}
