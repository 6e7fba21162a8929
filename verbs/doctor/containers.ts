import type { ClusterEvent, ContainerStatus, Pod } from '../objects';
import type { At } from './cause';
import {
  CONFIG_OBJECT,
  CONFIG_REJECTED,
  CONTAINER_ERROR,
  CRASH,
  MOUNT_NOT_SHARED,
  NOT_READY,
  OUT_OF_MEMORY,
  STARTING,
} from './causes/containers';
import { newest } from './events';
import { type Finding, findingOf } from './finding';
import { imageCause } from './images';

const CREATE_REASONS: readonly string[] = ['CreateContainerError', 'RunContainerError'];

/** What the Collector, Jaeger, Prometheus, Alertmanager and Grafana write when they cannot load their configuration or arguments. */
const REJECTED =
  /failed to get config|cannot unmarshal|invalid configuration|couldn't load configuration|error loading config|loading configuration file failed|error parsing command line|unknown (long |short )?flag|error decoding|failed to parse .*\.ini/i;

/** What is wrong with the containers of a pod that is not ready. */
export function containerFinding(
  at: At,
  part: string,
  pod: Pod,
  events: readonly ClusterEvent[],
  logs: ReadonlyMap<string, string>,
): Finding {
  const { name } = pod.metadata;
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const unready = statuses.find(({ ready, state }) => !ready && state?.terminated?.exitCode !== 0);
  if (unready === undefined) return findingOf(at, STARTING, { part, details: { text: `pod ${name} is starting` } });
  const exited = unready.state?.terminated ?? unready.lastState?.terminated;
  const found = waitingFinding(at, part, pod, unready, events);
  if (found !== undefined) return found;
  if (unready.state?.running !== undefined) return unreadyFinding(at, part, pod, unready, events);
  if (exited !== undefined) return exitFinding(at, part, pod, unready, exited, logs);
  const message = newest(events)?.message;
  const text = `pod ${name} is starting${message === undefined ? '' : `: ${message}`}`;
  return findingOf(at, STARTING, { part, details: { text } });
}

/** A container that waits for a reason that the kubelet names. */
function waitingFinding(
  at: At,
  part: string,
  { metadata: { name: pod, namespace }, spec }: Pod,
  { name, state }: ContainerStatus,
  events: readonly ClusterEvent[],
): Finding | undefined {
  const { reason = '', message = '' } = state?.waiting ?? {};
  const text = `container ${name} of ${pod}: ${reason}: ${message}`;
  if (message.includes('not a shared or slave mount'))
    return findingOf(at, MOUNT_NOT_SHARED, { part, details: { text } });
  if (reason === 'CreateContainerConfigError') return findingOf(at, CONFIG_OBJECT, { part, details: { text } });
  if (CREATE_REASONS.includes(reason))
    return findingOf(at, CONTAINER_ERROR, { part, details: { text, pod, namespace } });
  const image = imageCause(reason, message, spec, events);
  return image === undefined ? undefined : findingOf(at, image, { part, details: { text } });
}

function unreadyFinding(
  at: At,
  part: string,
  { metadata: { name: pod, namespace } }: Pod,
  { name: container }: ContainerStatus,
  events: readonly ClusterEvent[],
): Finding {
  const message = newest(events.filter(({ reason }) => reason === 'Unhealthy'))?.message;
  const text = `container ${container} of ${pod} is running but not ready${message === undefined ? '' : `: ${message}`}`;
  const log = { namespace, pod, container, previous: false };
  return findingOf(at, NOT_READY, { part, details: { text, pod, container, namespace } }, { log });
}

function exitFinding(
  at: At,
  part: string,
  { metadata: { name: pod, namespace } }: Pod,
  { name, restartCount }: ContainerStatus,
  { reason, exitCode }: { readonly reason?: string; readonly exitCode?: number },
  logs: ReadonlyMap<string, string>,
): Finding {
  const log = { namespace, pod, container: name, previous: true };
  const rejected = logs
    .get(`${pod}/${name}`)
    ?.split('\n')
    .find((line) => REJECTED.test(line));
  const [cause, what] =
    reason === 'OOMKilled'
      ? [OUT_OF_MEMORY, 'needed more memory than its limit (OOMKilled)']
      : rejected === undefined
        ? [CRASH, `exits with code ${exitCode}`]
        : [
            CONFIG_REJECTED,
            `rejects its configuration (${rejected.trim().slice(0, 200)}) and exits with code ${exitCode}`,
          ];
  const text = `container ${name} of ${pod} ${what}, ${restartCount} restarts`;
  return findingOf(at, cause, { part, details: { text } }, { log });
}
