import { newest } from './diagnose-container';
import type { Finding, Wanted } from './diagnosis';
import type { Claim, ClusterEvent } from './objects';
import type { State } from './state';

/** What is wrong with a claim that ought to be there. */
export function claimFindings(wanted: Wanted, name: string, state: State): Finding[] {
  const { make } = wanted.commands;
  const claim = state.claims.find(({ metadata }) => metadata.name === name);
  const part = `PersistentVolumeClaim/${name}`;
  if (claim === undefined) return [{ part, cause: 'it does not exist', next: make('monitor-up') }];
  const phase = claim.status?.phase;
  if (claim.metadata.deletionTimestamp !== undefined) {
    return [
      {
        part,
        cause: 'it is being deleted, and goes once no pod uses it',
        next: `${make('monitor-down')}, then ${make('monitor-up')}`,
      },
    ];
  }
  if (phase === 'Bound') return [];
  if (phase === 'Lost') {
    const next = `bring its PersistentVolume back, or delete the claim and with it what was stored: ${make('monitor-down-v')}`;
    return [{ part, cause: 'its PersistentVolume is gone', next }];
  }
  return [pendingClaim(wanted, part, claim, state.events)];
}

/** A claim waits for a reason that stands in its events. One that waits for its first pod is said by the pod. */
function pendingClaim(
  { namespace, commands: { kubectl, make } }: Wanted,
  part: string,
  claim: Claim,
  events: readonly ClusterEvent[],
): Finding {
  const event = newest(events.filter(({ involvedObject }) => involvedObject.uid === claim.metadata.uid));
  const named = claim.spec.storageClassName;
  const cause = `it is pending, ${named === undefined ? 'and names no StorageClass' : `with StorageClass ${named}`}${event?.message === undefined ? '' : `: ${event.message}`}`;
  const next =
    `${kubectl('get storageclass')}; set storage.className in the environment file, and because a claim cannot change its class: ` +
    `${kubectl(`-n ${namespace} delete pvc ${claim.metadata.name}`)}, then ${make('monitor-up')}`;
  return { part, cause, next };
}
