import type { Claim, ClusterEvent } from '../objects';
import type { State } from '../state';
import { CLAIM_DELETED, CLAIM_LOST, CLAIM_MISSING, CLAIM_PENDING } from './causes/claims';
import type { DesiredState } from './desired-state';
import { eventsOf, newest } from './events';
import { type Finding, findingOf } from './finding';

/** What is wrong with a claim that should exist. */
export function claimFindings(desired: DesiredState, name: string, state: State): Finding[] {
  const claim = state.claims.find(({ metadata }) => metadata.name === name);
  const part = `PersistentVolumeClaim/${name}`;
  if (claim === undefined) return [findingOf(desired, CLAIM_MISSING, { part, details: null })];
  if (claim.metadata.deletionTimestamp !== undefined)
    return [findingOf(desired, CLAIM_DELETED, { part, details: null })];
  const phase = claim.status?.phase;
  if (phase === 'Bound') return [];
  if (phase === 'Lost') return [findingOf(desired, CLAIM_LOST, { part, details: null })];
  return [findingOf(desired, CLAIM_PENDING, { part, details: pending(claim, state.events) })];
}

/** The reason why a claim is pending is in its events. If it waits for its first pod, the finding is about that pod. */
function pending(claim: Claim, events: readonly ClusterEvent[]) {
  const event = newest(eventsOf(events, claim));
  return {
    claim: claim.metadata.name,
    className: claim.spec.storageClassName ?? null,
    message: event?.message ?? '',
  };
}
