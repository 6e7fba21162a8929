import type { Commands } from './commands';
import { containerFinding, newest } from './diagnose-container';
import type { Finding } from './finding';
import type { Pod } from './objects';
import type { State } from './state';

/** Whether a pod is ready. */
export const isHealthy = ({ status }: Pod): boolean =>
  status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;

/** What keeps a pod from being ready; undefined if it is ready. */
export function podFinding(commands: Commands, part: string, pod: Pod, state: State): Finding | undefined {
  if (isHealthy(pod)) return undefined;
  const { name } = pod.metadata;
  const events = state.events.filter(({ involvedObject }) => involvedObject.uid === pod.metadata.uid);
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled !== undefined) return unschedulable(commands, part, name, unscheduled.message ?? '', pod, state);
  const mount = newest(events.filter(({ reason }) => reason === 'FailedMount' || reason === 'FailedAttachVolume'));
  if (mount !== undefined && pod.status?.phase === 'Pending') {
    return {
      part,
      cause: `pod ${name} cannot mount a volume: ${mount.message}`,
      next: `create the object that the message names; ${commands.make('monitor-up')} restores what is rendered`,
    };
  }
  return containerFinding(commands, part, pod, events);
}

function unschedulable(
  { kubectl }: Commands,
  part: string,
  name: string,
  message: string,
  pod: Pod,
  state: State,
): Finding {
  const claims = pod.spec.volumes?.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []) ?? [];
  const pending = state.claims.filter(
    ({ metadata, status }) => claims.includes(metadata.name) && status?.phase !== 'Bound',
  );
  // With WaitForFirstConsumer a claim stays pending until its pod can be scheduled: then the claim is not the cause.
  const cause =
    pending.length > 0 && /volume|claim/i.test(message.replace(/no new claims to deallocate/, ''))
      ? `pod ${name} waits for the claim "${pending[0]?.metadata.name}": ${message}`
      : `pod ${name} cannot be scheduled: ${message}`;
  const next = /Insufficient|Too many pods/.test(message)
    ? 'add a node, or lower resources in the environment file'
    : /taint/.test(message)
      ? `make a node ready or remove its taint: ${kubectl('describe nodes')}`
      : kubectl('describe nodes');
  return { part, cause, next };
}
