import type { Commands } from './commands';
import type { Finding } from './finding';
import type { ClusterEvent, ContainerStatus, Pod } from './objects';

/** The newest of events in chronological order. */
export const newest = (events: readonly ClusterEvent[]): ClusterEvent | undefined => events.at(-1);

/** The next step if nothing is wrong yet. */
export const waitAgain = ({ make }: Commands): string => `wait, then ${make('monitor-status')} again`;

/** What to do about a waiting container, by the kubelet's reason. */
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

/** node-exporter on a node that does not run systemd, such as Docker Desktop's (prometheus/node_exporter issue 2742, logzio-helm issue 298). */
const SHARE_MOUNTS = 'on the node: mount --make-rshared /; if you cannot change the node: nodeExporter.enabled: false';

/** What is wrong with the containers of a pod that is not ready. */
export function containerFinding(
  commands: Commands,
  part: string,
  pod: Pod,
  events: readonly ClusterEvent[],
): Finding | undefined {
  const { name, namespace } = pod.metadata;
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const unready = statuses.find(({ ready, state }) => !ready && state?.terminated?.exitCode !== 0);
  if (unready === undefined) return { part, cause: `pod ${name} is starting`, next: waitAgain(commands) };
  const log = { namespace, pod: name, container: unready.name, previous: unready.state?.running === undefined };
  const waiting = unready.state?.waiting;
  const known = waitingFor(commands, pod.metadata)[waiting?.reason ?? ''];
  if (known !== undefined) {
    const message = waiting?.message ?? '';
    const next = message.includes('not a shared or slave mount') ? SHARE_MOUNTS : known;
    return { part, cause: `container ${unready.name} of ${name}: ${waiting?.reason}: ${message}`, next };
  }
  const exited = unready.state?.terminated ?? unready.lastState?.terminated;
  if (exited !== undefined && unready.state?.running === undefined)
    return { ...crashed(part, name, unready, exited), log };
  const unhealthy = newest(events.filter(({ reason }) => reason === 'Unhealthy'));
  if (unready.state?.running !== undefined) {
    return {
      part,
      cause: `container ${unready.name} of ${name} is running but not ready${unhealthy?.message === undefined ? '' : `: ${unhealthy.message}`}`,
      next: commands.kubectl(`-n ${namespace} logs ${name} -c ${unready.name}`),
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
  exited: { readonly reason?: string; readonly exitCode?: number },
): Finding {
  if (exited.reason === 'OOMKilled') {
    return {
      part,
      cause: `container ${name} of ${pod} needed more memory than its limit (OOMKilled), ${restartCount} restarts`,
      next: 'raise resources.memory of the component in the environment file',
    };
  }
  return {
    part,
    cause: `container ${name} of ${pod} exits with code ${exited.exitCode}, ${restartCount} restarts`,
    next: 'its last log lines say why; make synth checks settings, but not what a patch changes',
  };
}
