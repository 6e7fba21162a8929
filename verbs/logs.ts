import { chooseCluster } from './context';
import type { Kubectl } from './kubectl';
import { KubectlError } from './kubectl-error';
import { LogReader, type Run } from './log-reader';
import type { ContainerStatus, Pod } from './objects';
import { listIn, ofStack, type Places, placesOf } from './state';
import { pause, VerbError } from './terminal';
import type { VerbInput } from './up';

/** How often new pods and restarts are looked for, in seconds. */
const LOOK_SECONDS = 2;

/**
 * `monitor-logs`: the lines of every container, each with its workload before it. Pods that come later and containers that
 * restart are followed too, and a lost API server is waited for.
 * @throws VerbError where there is nothing to read, or without `--follow` a log cannot be read
 */
export async function logs({ root, config, settings, signal }: VerbInput): Promise<void> {
  const { kubectl } = await chooseCluster(root, settings);
  const places = placesOf(config);
  const first = (await listPods(kubectl, places)).flatMap(runsOf);
  if (first.length === 0) {
    const what = `No container of the stack runs in namespace ${config.namespace}.`;
    throw new VerbError([{ what, fix: kubectl.commands.make('monitor-status') }]);
  }
  const width = Math.max(...first.map(({ workload }) => workload.length));
  const reader = new LogReader(kubectl, width, signal);
  // What runs when the verb starts is shown from its last lines on; what starts later from its beginning.
  const tail = `--tail=${settings.tail}`;
  if (!settings.follow) return readOnce(reader, first, tail);
  for (let runs: readonly Run[] = first, from = tail; !signal.aborted; from = '--tail=-1') {
    for (const run of runs) reader.follow(run, from);
    await pause(LOOK_SECONDS, signal);
    runs = await laterRuns(kubectl, places);
  }
}

async function readOnce(reader: LogReader, runs: readonly Run[], tail: string): Promise<void> {
  const failures = (await Promise.all(runs.map((run) => reader.read(run, [tail])))).filter(
    (failure) => failure !== null,
  );
  if (failures.length === 0) return;
  throw new VerbError(
    failures.map(({ args: [, pod], stderr }) => ({
      what: `the log of ${pod} cannot be read: ${stderr.trim()}`,
      fix: 'the message says why; where it is Forbidden, ask for the right to get pods/log',
    })),
  );
}

const listPods = (kubectl: Kubectl, places: Places): Promise<readonly Pod[]> =>
  listIn<Pod>(kubectl, places, 'pods', '-l', ofStack(places.namespace));

/** What runs; nothing new while the API server is away. */
async function laterRuns(kubectl: Kubectl, places: Places): Promise<readonly Run[]> {
  try {
    return (await listPods(kubectl, places)).flatMap(runsOf);
  } catch (error) {
    if (error instanceof KubectlError && error.isUnreachable) return [];
    throw error;
  }
}

function runsOf({ metadata, status }: Pod): Run[] {
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

/** What has made a pod; of a Deployment, its ReplicaSet without the hash. */
function workloadOf({ name, ownerReferences = [] }: Pod['metadata']): string {
  const owner = ownerReferences[0];
  if (owner === undefined) return name;
  return owner.kind === 'ReplicaSet' ? owner.name.replace(/-[a-z0-9]+$/, '') : owner.name;
}

const hasStarted = ({ state }: ContainerStatus): boolean =>
  state?.running !== undefined || state?.terminated !== undefined;
