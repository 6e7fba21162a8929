import { newest } from './diagnose-container';
import type { DesiredState, Finding } from './finding';
import type { Claim, ClusterEvent } from './objects';
import type { State } from './state';

/** What is wrong with a claim that should exist. */
export function claimFindings(desired: DesiredState, name: string, state: State): Finding[] {
  const { make } = desired.commands;
  const claim = state.claims.find(({ metadata }) => metadata.name === name);
  const part = `PersistentVolumeClaim/${name}`;
  if (claim === undefined) return [{ part, cause: 'it does not exist', next: make('monitor-up') }];
  const phase = claim.status?.phase;
  if (claim.metadata.deletionTimestamp !== undefined) {
    return [
      {
        part,
        cause: 'it is being deleted, and will be gone once no pod uses it',
        next: `${make('monitor-down')}, then ${make('monitor-up')}`,
      },
    ];
  }
  if (phase === 'Bound') return [];
  if (phase === 'Lost') {
    const next = `restore its PersistentVolume, or delete the claim and its data: ${make('monitor-down-v')}`;
    return [{ part, cause: 'its PersistentVolume is gone', next }];
  }
  return [pendingClaim(desired, part, claim, state.events)];
}

/** The reason why a claim is pending is in its events. If it waits for its first pod, the finding is about that pod. */
function pendingClaim(
  { namespace, commands: { kubectl, make } }: DesiredState,
  part: string,
  claim: Claim,
  events: readonly ClusterEvent[],
): Finding {
  const event = newest(events.filter(({ involvedObject }) => involvedObject.uid === claim.metadata.uid));
  const named = claim.spec.storageClassName;
  const cause = `it is pending, ${named === undefined ? 'without a StorageClass' : `with StorageClass ${named}`}${event?.message === undefined ? '' : `: ${event.message}`}`;
  const next =
    `${kubectl('get storageclass')}; set storage.className in the environment file; a claim cannot change its class, so recreate it: ` +
    `${kubectl(`-n ${namespace} delete pvc ${claim.metadata.name}`)}, then ${make('monitor-up')}`;
  return { part, cause, next };
}
