import type { Pod } from '../objects';
import type { State } from '../state';
import type { At } from './cause';
import { MOUNT_FAILED, NO_ROOM, TAINTED, UNSCHEDULABLE } from './causes/pods';
import { containerFinding } from './containers';
import { eventsOf, newest } from './events';
import { type Finding, findingOf } from './finding';
import { usesOf } from './uses';

const CLAIM = 'PersistentVolumeClaim/';

/** Whether a pod is ready. */
export const isHealthy = ({ status }: Pod): boolean =>
  status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;

/** What keeps a pod from being ready; undefined if it is ready. */
export function podFinding(
  at: At,
  part: string,
  pod: Pod,
  state: State,
  logs: ReadonlyMap<string, string>,
): Finding | undefined {
  if (isHealthy(pod)) return undefined;
  const { name } = pod.metadata;
  const events = eventsOf(state.events, pod);
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled !== undefined) return unschedulable(at, part, pod, unscheduled.message ?? '', state);
  const mount = newest(events.filter(({ reason }) => reason === 'FailedMount' || reason === 'FailedAttachVolume'));
  if (mount !== undefined && pod.status?.phase === 'Pending') {
    const message = mount.message ?? '';
    const text = `pod ${name} cannot mount a volume: ${message}`;
    return findingOf(at, MOUNT_FAILED, { part, details: { text } }, { dependsOn: usesOf(pod).volumes });
  }
  const { variables, volumes } = usesOf(pod);
  return { ...containerFinding(at, part, pod, events, logs), dependsOn: [...variables, ...volumes] };
}

function unschedulable(at: At, part: string, pod: Pod, message: string, state: State): Finding {
  const { name } = pod.metadata;
  const claims = usesOf(pod)
    .volumes.filter((use) => use.startsWith(CLAIM))
    .map((use) => use.slice(CLAIM.length));
  const pending = state.claims
    .filter(({ metadata, status }) => claims.includes(metadata.name) && status?.phase !== 'Bound')
    .map(({ metadata }) => metadata.name);
  const cause = /Insufficient|Too many pods/.test(message) ? NO_ROOM : /taint/.test(message) ? TAINTED : UNSCHEDULABLE;
  // With WaitForFirstConsumer a claim stays pending until its pod can be scheduled: then the claim is not the cause.
  const waits = pending.length > 0 && /volume|claim/i.test(message.replace(/no new claims to deallocate/, ''));
  const text = waits
    ? `pod ${name} waits for the claim "${pending[0]}": ${message}`
    : `pod ${name} cannot be scheduled: ${message}`;
  const dependsOn = waits ? claims.map((claim) => CLAIM + claim) : [];
  return findingOf(at, cause, { part, details: { text } }, { dependsOn });
}
