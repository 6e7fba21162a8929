/**
 * One backup or restore at a time: the Lease of the namespace names the command that is at work, which renews it. A Lease, because the
 * ClusterRoles edit and admin have the right to it, and because it may change between two looks without being anyone's configuration.
 */
import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { Kubectl } from '../kubectl';
import { pause, say, VerbError } from '../terminal';
import { checkSignal } from './process';

/** Name of the Lease. */
export const LEASE = 'monitor-backup';

/** Seconds after which a Lease that nothing renews is taken over, and between two renewals. */
export const DURATION_SECONDS = 20;
export const RENEWAL_SECONDS = 5;

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
/** How the holder of a Lease is named. */
export const identityOf = (command: string) => `${command} of ${userName()} on ${hostname()} (${PROCESS})`;

/** Whether a holder is this process. */
export const isOwn = (holder: string) => holder.endsWith(`(${PROCESS})`);

/** The Lease; null: there is none, so no backup or restore was ever made. @throws KubectlError */
export async function readLease(kubectl: Kubectl, namespace: string): Promise<Lease | null> {
  const text = await kubectl.text(['get', 'lease', '-n', namespace, LEASE, '--ignore-not-found', '-o', 'json']);
  return text === '' ? null : (JSON.parse(text) as Lease);
}

/** The holder; empty: none. */
export const holderOf = (lease: Lease | null): string => lease?.spec.holderIdentity ?? '';

/** Whether a Lease is held by a command that has renewed it between two looks. @param first the first look */
export const isRenewed = (first: Lease, now: Lease): boolean =>
  holderOf(now) !== '' &&
  (holderOf(now) !== holderOf(first) || now.spec.renewTime !== first.spec.renewTime) &&
  !isOwn(holderOf(now));

/**
 * Waits until the Lease is free: nothing holds it, or its holder has not renewed it within its duration. The clocks of two machines are not
 * compared.
 * @returns the free Lease; null: there is none
 * @throws VerbError if another command is at work
 */
export async function untilFree({ kubectl, namespace, signal }: LeasePlace): Promise<Lease | null> {
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

/** The problem that another command is at work. */
export const atWork = (lease: Lease, namespace: string) => ({
  what: `${holderOf(lease)} is at work in namespace ${namespace}, since ${lease.spec.acquireTime ?? 'a time that is not known'}`,
  fix: 'wait until it has ended; nothing was changed',
});

/** The present, as a Lease has it. */
export const now = () => new Date().toISOString().replace('Z', '000Z');

/** Changes the Lease, whose holder the operations must test. */
export const patchLease = (kubectl: Kubectl, namespace: string, operations: readonly object[]) =>
  kubectl.text(['patch', 'lease', '-n', namespace, LEASE, '--type=json', '-p', JSON.stringify(operations)]);

/** An operation that fails where a value is another one. */
export const isStill = (path: string, value: string) => ({ op: 'test', path, value });
/** Where the holder is. */
export const HOLDER = '/spec/holderIdentity';

/** Changes the Lease, as long as this process holds it. @throws KubectlError if another one has taken it over */
export async function patchHeld(kubectl: Kubectl, namespace: string, operations: readonly object[]): Promise<void> {
  const lease = await readLease(kubectl, namespace);
  if (!isOwn(holderOf(lease))) throw new VerbError([taken(holderOf(lease))]);
  await patchLease(kubectl, namespace, [isStill(HOLDER, holderOf(lease)), ...operations]);
}

/** The problem that another command has taken the Lease over. */
export const taken = (holder: string) => ({
  what: `this command was away for ${DURATION_SECONDS} s, and another one may have gone on: ${holder === '' ? 'it has ended' : holder}`,
  fix: 'wait until no other command is at work; then monitor-up completes or undoes what was begun',
});
