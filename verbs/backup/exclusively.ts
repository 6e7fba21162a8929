/** Does something while this command holds the Lease. */
import { PART_OF } from '../../lib/labels';
import type { Kubectl } from '../kubectl';
import { KubectlError } from '../kubectl-error';
import { pause, say, VerbError } from '../terminal';
import {
  atWork,
  DURATION_SECONDS,
  HOLDER,
  holderOf,
  identityOf,
  isOwn,
  isStill,
  LEASE,
  type Lease,
  type LeasePlace,
  now,
  patchHeld,
  patchLease,
  RENEWAL_SECONDS,
  RESTORE,
  readLease,
  taken,
  untilFree,
} from './lease';

async function acquire(place: LeasePlace, command: string): Promise<void> {
  const { kubectl, namespace } = place;
  const free = await untilFree(place);
  try {
    await (free === null ? create(kubectl, namespace, command) : takeOver(kubectl, namespace, command, free));
  } catch (error) {
    // Another command has found it free at the same time, and was first.
    const lease = await readLease(kubectl, namespace);
    if (lease === null || holderOf(lease) === '' || isOwn(holderOf(lease))) throw error;
    throw new VerbError([atWork(lease, namespace)]);
  }
}

const times = () => ({ renewTime: now(), acquireTime: now() });

function create(kubectl: Kubectl, namespace: string, command: string): Promise<string> {
  const labels = { 'app.kubernetes.io/part-of': PART_OF, 'app.kubernetes.io/instance': namespace };
  const metadata = { name: LEASE, namespace, labels, annotations: { [RESTORE]: '' } };
  const spec = { holderIdentity: identityOf(command), leaseDurationSeconds: DURATION_SECONDS, ...times() };
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec };
  return kubectl.text(['create', '-f', '-'], JSON.stringify(lease));
}

const takeOver = (kubectl: Kubectl, namespace: string, command: string, { spec }: Lease) =>
  patchLease(kubectl, namespace, [
    isStill(HOLDER, spec.holderIdentity ?? ''),
    isStill('/spec/renewTime', spec.renewTime ?? ''),
    { op: 'replace', path: HOLDER, value: identityOf(command) },
    ...Object.entries(times()).map(([name, value]) => ({ op: 'replace', path: `/spec/${name}`, value })),
  ]);

/**
 * Does something that no other backup or restore may interrupt.
 * @param action gets a signal that is also aborted where another command has taken the Lease over
 * @throws VerbError if another command is at work
 */
export async function exclusively<Result>(
  place: LeasePlace,
  command: string,
  action: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { kubectl, namespace, signal } = place;
  await acquire(place, command);
  const end = new AbortController();
  const lost = new AbortController();
  const renewing = renew(kubectl, namespace, end.signal, lost);
  try {
    const result = await action(AbortSignal.any([signal, lost.signal]));
    if (lost.signal.aborted) throw new VerbError([taken('')]);
    return result;
  } finally {
    end.abort();
    await renewing;
    // Where that fails, the Lease is free after its time.
    await patchHeld(kubectl, namespace, [{ op: 'replace', path: HOLDER, value: '' }]).catch(() => undefined);
  }
}

/** Renews the Lease until the end. A failure is tried again: the Lease is this command's until another one takes it. */
async function renew(kubectl: Kubectl, namespace: string, end: AbortSignal, lost: AbortController): Promise<void> {
  for (;;) {
    await pause(RENEWAL_SECONDS, end);
    if (end.aborted) return;
    try {
      await patchHeld(kubectl, namespace, [{ op: 'replace', path: '/spec/renewTime', value: now() }]);
    } catch (error) {
      if (error instanceof KubectlError && !/test failed|Invalid/i.test(error.stderr)) continue;
      say((error as Error).message);
      return lost.abort();
    }
  }
}
