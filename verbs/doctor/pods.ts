/** Pods that are not ready. */
import type { ClusterEvent, Pod } from '../objects';
import { hasEnded, type State } from '../state';
import type { At } from './cause';
import { EVICTED, MOUNT_FAILED, NO_ROOM, POD_FAILED, TAINTED, UNSCHEDULABLE } from './causes/pods';
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
  if (hasEnded(pod)) return endedFinding(at, part, pod);
  const mount = mountFailure(pod, events);
  if (mount !== undefined) {
    const text = `pod ${name} cannot mount a volume: ${mount}`;
    return findingOf(at, MOUNT_FAILED, { part, details: { text } }, { dependsOn: usesOf(pod).volumes });
  }
  const { variables, volumes } = usesOf(pod);
  return { ...containerFinding(at, part, pod, events, logs), dependsOn: [...variables, ...volumes] };
}

/** A pod that its node has ended: the kubelet says why in the status of the pod, and its containers may never have run. */
function endedFinding(at: At, part: string, { metadata: { name }, status = {} }: Pod): Finding {
  const { phase = 'Failed', reason = phase, message = '' } = status;
  const said = message === '' ? '' : `: ${message}`;
  return reason === 'Evicted'
    ? findingOf(at, EVICTED, { part, details: { text: `pod ${name} was evicted${said}` } })
    : findingOf(at, POD_FAILED, { part, details: { text: `pod ${name} was ended by its node: ${reason}${said}` } });
}

/** Events that come after all volumes are mounted. */
const AFTER_MOUNT = ['Pulling', 'Pulled', 'Created', 'Started', 'Failed', 'BackOff'];
/** The kubelet has not read a new ConfigMap or Secret yet, and tries again at once. */
const NOT_READ_YET = /failed to sync (configmap|secret) cache/;
/** Reasons of containers that wait for volumes. */
const CREATING = ['ContainerCreating', 'PodInitializing'];

/** Why a pod waits for a volume; undefined if it does not, or no longer. */
function mountFailure({ status }: Pod, events: readonly ClusterEvent[]): string | undefined {
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const reasons = containers.flatMap(({ state }) => state?.waiting?.reason ?? []);
  if (status?.phase !== 'Pending' || !reasons.every((reason) => CREATING.includes(reason))) return undefined;
  const last = newest(
    events.filter(({ reason = '' }) => ['FailedMount', 'FailedAttachVolume', ...AFTER_MOUNT].includes(reason)),
  );
  if (last === undefined || AFTER_MOUNT.includes(last.reason ?? '')) return undefined;
  return NOT_READ_YET.test(last.message ?? '') ? undefined : (last.message ?? '');
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
