import { chooseCluster } from './context';
import type { Kubectl } from './kubectl';
import { KubectlError } from './kubectl-error';
import { type ContainerRun, LogReader } from './log-reader';
import type { ContainerStatus, Pod } from './objects';
import { ofStack } from './ownership';
import { listIn, type Places, placesOf } from './state';
import { pause, VerbError } from './terminal';
import type { VerbInput } from './up';

/** Interval between checks for new pods and restarts, in seconds. */
const POLL_SECONDS = 2;

/**
 * `monitor-logs`: the lines of every container, each after the name of its workload. New pods and restarted containers are followed too.
 * While the API server is unreachable, it waits.
 * @throws VerbError if there is nothing to read, or if a log cannot be read with FOLLOW=no
 */
export async function logs({ root, config, settings, signal }: VerbInput): Promise<void> {
  const { kubectl } = await chooseCluster(root, settings);
  const places = placesOf(config);
  const first = (await listPods(kubectl, places)).flatMap(runsOf);
  if (first.length === 0) {
    const what = `No container of the stack is running in namespace ${config.namespace}.`;
    throw new VerbError([{ what, fix: kubectl.commands.make('monitor-status') }]);
  }
  const width = Math.max(...first.map(({ workload }) => workload.length));
  const reader = new LogReader(kubectl, width, signal);
  // Containers that run already are shown from their last lines, later ones from their first line.
  const tail = `--tail=${settings.tail}`;
  if (!settings.follow) return readOnce(reader, first, tail);
  for (let runs: readonly ContainerRun[] = first, from = tail; !signal.aborted; from = '--tail=-1') {
    for (const run of runs) reader.follow(run, from);
    await pause(POLL_SECONDS, signal);
    runs = await currentRuns(kubectl, places);
  }
}

async function readOnce(reader: LogReader, runs: readonly ContainerRun[], tail: string): Promise<void> {
  const failures = (await Promise.all(runs.map((run) => reader.read(run, [tail])))).filter(
    (failure) => failure !== null,
  );
  if (failures.length === 0) return;
  throw new VerbError(
    failures.map(({ args: [, pod], stderr }) => ({
      what: `the log of ${pod} cannot be read: ${stderr.trim()}`,
      fix: 'the message says why; if it is Forbidden, ask for the permission to get pods/log',
    })),
  );
}

const listPods = (kubectl: Kubectl, places: Places): Promise<readonly Pod[]> =>
  listIn<Pod>(kubectl, places, 'pods', '-l', ofStack(places.namespace));

/** The current runs; none while the API server is unreachable. */
async function currentRuns(kubectl: Kubectl, places: Places): Promise<readonly ContainerRun[]> {
  try {
    return (await listPods(kubectl, places)).flatMap(runsOf);
  } catch (error) {
    if (error instanceof KubectlError && error.isUnreachable) return [];
    throw error;
  }
}

function runsOf({ metadata, status }: Pod): ContainerRun[] {
  const workload = workloadOf(metadata);
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return statuses.filter(hasStarted).map(({ name, restartCount }) => ({
    key: `${metadata.uid} ${name} ${restartCount}`,
    namespace: metadata.namespace,
    pod: metadata.name,
    container: name,
    workload,
  }));
}

/** The owner of a pod; for a Deployment, the name of its ReplicaSet without the hash. */
function workloadOf({ name, ownerReferences = [] }: Pod['metadata']): string {
  const owner = ownerReferences[0];
  if (owner === undefined) return name;
  return owner.kind === 'ReplicaSet' ? owner.name.replace(/-[a-z0-9]+$/, '') : owner.name;
}

const hasStarted = ({ state }: ContainerStatus): boolean =>
  state?.running !== undefined || state?.terminated !== undefined;
