/**
 * One backup or restore at a time: the Lease of the namespace names the command that is at work, which renews it. A Lease, because the
 * ClusterRoles edit and admin have the right to it, and because it may change between two looks without being anyone's configuration.
 */
import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { PART_OF } from '../../lib/labels';
import type { Kubectl } from '../kubectl';
import { KubectlError } from '../kubectl-error';
import { pause, say, VerbError } from '../terminal';
import { checkSignal } from './process';

/** Name of the Lease. */
export const LEASE = 'monitor-backup';

/** Seconds after which a Lease that nothing renews is taken over, and between two renewals. */
const DURATION_SECONDS = 20;
const RENEWAL_SECONDS = 5;

/** Annotation of the Lease: a restore that is not finished; empty: none. */
export const RESTORE = 'cdk8s-observability/restore';

/** The Lease, with the fields that are used here. */
export interface Lease {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly holderIdentity?: string; readonly renewTime?: string; readonly acquireTime?: string };
}

/** Where a Lease is, and who waits for it. */
export interface LeasePlace {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  readonly signal: AbortSignal;
}

/** This process among all others, after the command: `monitor-restore of ada on laptop`. */
const PROCESS = `${process.pid}-${randomUUID().slice(0, 8)}`;
const userName = () => {
  try {
    return userInfo().username;
  } catch {
    // A container may run a user without a name.
    return 'a user without a name';
  }
};
const identityOf = (command: string) => `${command} of ${userName()} on ${hostname()} (${PROCESS})`;

const isOwn = (holder: string) => holder.endsWith(`(${PROCESS})`);

/** The Lease; null: there is none, so no backup or restore was ever made. @throws KubectlError */
export async function readLease(kubectl: Kubectl, namespace: string): Promise<Lease | null> {
  const text = await kubectl.text(['get', 'lease', '-n', namespace, LEASE, '--ignore-not-found', '-o', 'json']);
  return text === '' ? null : (JSON.parse(text) as Lease);
}

const holderOf = (lease: Lease | null): string => lease?.spec.holderIdentity ?? '';

/** Whether a Lease is held by a command that has renewed it between two looks. @param first the first look */
export const isRenewed = (first: Lease, now: Lease): boolean =>
  holderOf(now) !== '' &&
  (holderOf(now) !== holderOf(first) || now.spec.renewTime !== first.spec.renewTime) &&
  !isOwn(holderOf(now));

/**
 * Waits until the Lease is free: nothing holds it, or its holder has not renewed it for as long as it is valid. The clocks of two
 * machines are not compared.
 * @throws VerbError if another command is at work
 */
async function untilFree({ kubectl, namespace, signal }: LeasePlace): Promise<Lease | null> {
  const first = await readLease(kubectl, namespace);
  if (first === null || holderOf(first) === '' || isOwn(holderOf(first))) return first;
  say(`waiting for a sign of ${holderOf(first)}, for ${DURATION_SECONDS} s at most`);
  const deadline = Date.now() + DURATION_SECONDS * 1000;
  for (;;) {
    await pause(1, signal);
    checkSignal(signal);
    const now = await readLease(kubectl, namespace);
    if (now === null || holderOf(now) === '') return now;
    if (isRenewed(first, now)) throw new VerbError([atWork(now, namespace)]);
    if (Date.now() > deadline) return now;
  }
}

const atWork = (lease: Lease, namespace: string) => ({
  what: `${holderOf(lease)} is at work in namespace ${namespace}, since ${lease.spec.acquireTime ?? 'a time that is not known'}`,
  fix: 'wait until it has ended; nothing was changed',
});

/** @throws VerbError if a backup or a restore is at work */
export async function requireFree(place: LeasePlace): Promise<void> {
  await untilFree(place);
}

const now = () => new Date().toISOString().replace('Z', '000Z');

const patch = (kubectl: Kubectl, namespace: string, operations: readonly object[]) =>
  kubectl.text(['patch', 'lease', '-n', namespace, LEASE, '--type=json', '-p', JSON.stringify(operations)]);

const test = (path: string, value: string) => ({ op: 'test', path, value });
const HOLDER = '/spec/holderIdentity';

/** Changes the Lease, as long as this process holds it. @throws KubectlError if another one has taken it over */
export async function patchHeld(kubectl: Kubectl, namespace: string, operations: readonly object[]): Promise<void> {
  const lease = await readLease(kubectl, namespace);
  if (!isOwn(holderOf(lease))) throw new VerbError([taken(holderOf(lease))]);
  await patch(kubectl, namespace, [test(HOLDER, holderOf(lease)), ...operations]);
}

const taken = (holder: string) => ({
  what: `this command was away for ${DURATION_SECONDS} s, and another one may have gone on: ${holder === '' ? 'it has ended' : holder}`,
  fix: 'wait until no other command is at work; then monitor-up completes or undoes what was begun',
});

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
  patch(kubectl, namespace, [
    test(HOLDER, spec.holderIdentity ?? ''),
    test('/spec/renewTime', spec.renewTime ?? ''),
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
    return await action(AbortSignal.any([signal, lost.signal]));
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
