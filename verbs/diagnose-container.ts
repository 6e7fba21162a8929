import type { Commands } from './commands';
import type { Finding } from './diagnosis';
import type { ClusterEvent, ContainerStatus, Pod } from './objects';

/** The last of some events that are in the order of time. */
export const newest = (events: readonly ClusterEvent[]): ClusterEvent | undefined => events.at(-1);

/** What to do where nothing is wrong yet. */
export const waitAgain = ({ make }: Commands): string => `wait, then ${make('monitor-status')} again`;

/** Why a container waits, by the kubelet's reason: what to do about it. */
const waitingFor = (
  { kubectl, make }: Commands,
  { name, namespace }: Pod['metadata'],
): Readonly<Record<string, string>> => {
  const restores = `${make('monitor-up')} restores what is rendered`;
  const pull = 'correct images.<component> in the environment file, or give the nodes access to the registry';
  const describe = `${kubectl(`-n ${namespace} describe pod ${name}`)}; ${restores}`;
  return {
    ImagePullBackOff: pull,
    ErrImagePull: pull,
    InvalidImageName: 'correct images.<component> in the environment file',
    ErrImageNeverPull: 'load the image onto the node',
    CreateContainerConfigError: `create the Secret or ConfigMap that the message names; ${restores}`,
    CreateContainerError: describe,
    RunContainerError: describe,
  };
};

/** node-exporter on a node that systemd did not start, as Docker Desktop's (prometheus/node_exporter issue 2742, logzio-helm issue 298). */
const SHARE_MOUNTS =
  'on the node: mount --make-rshared /; or nodeExporter.enabled: false, where it is not yours to change';

/** What is wrong with the containers of a pod that is not ready. */
export function containerFinding(
  commands: Commands,
  part: string,
  pod: Pod,
  events: readonly ClusterEvent[],
): Finding | undefined {
  const { name, namespace } = pod.metadata;
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const sick = statuses.find(({ ready, state }) => !ready && state?.terminated?.exitCode !== 0);
  if (sick === undefined) return { part, cause: `pod ${name} is starting`, next: waitAgain(commands) };
  const log = { namespace, pod: name, container: sick.name, previous: sick.state?.running === undefined };
  const waiting = sick.state?.waiting;
  const known = waitingFor(commands, pod.metadata)[waiting?.reason ?? ''];
  if (known !== undefined) {
    const message = waiting?.message ?? '';
    const next = message.includes('not a shared or slave mount') ? SHARE_MOUNTS : known;
    return { part, cause: `container ${sick.name} of ${name}: ${waiting?.reason}: ${message}`, next };
  }
  const ended = sick.state?.terminated ?? sick.lastState?.terminated;
  if (ended !== undefined && sick.state?.running === undefined) return { ...crashed(part, name, sick, ended), log };
  const unhealthy = newest(events.filter(({ reason }) => reason === 'Unhealthy'));
  if (sick.state?.running !== undefined) {
    return {
      part,
      cause: `container ${sick.name} of ${name} runs and is not ready${unhealthy?.message === undefined ? '' : `: ${unhealthy.message}`}`,
      next: commands.kubectl(`-n ${namespace} logs ${name} -c ${sick.name}`),
      log: { ...log, previous: false },
    };
  }
  const last = newest(events);
  const cause = `pod ${name} is starting${last?.message === undefined ? '' : `: ${last.message}`}`;
  return { part, cause, next: waitAgain(commands) };
}

function crashed(
  part: string,
  pod: string,
  { name, restartCount }: ContainerStatus,
  ended: { readonly reason?: string; readonly exitCode?: number },
): Finding {
  if (ended.reason === 'OOMKilled') {
    return {
      part,
      cause: `container ${name} of ${pod} needed more memory than its limit (OOMKilled), ${restartCount} restarts`,
      next: 'raise resources.memory of the component in the environment file',
    };
  }
  return {
    part,
    cause: `container ${name} of ${pod} ends with exit code ${ended.exitCode}, ${restartCount} restarts`,
    next: 'its last lines say why; a wrong setting of yours shows with make synth, a patch does not',
  };
}
