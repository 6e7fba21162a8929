import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { chooseCluster } from './context';
import { type Kubectl, KubectlError } from './kubectl';
import type { ContainerStatus, Pod } from './objects';
import { listIn, ofStack, type Places, placesOf } from './state';
import { pause, say, VerbError } from './terminal';
import type { VerbInput } from './up';

/** How often new pods and restarts are looked for, in seconds. */
const LOOK_SECONDS = 2;

/** One run of one container: after a restart it is another. */
interface Run {
  readonly key: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly workload: string;
}

/**
 * `monitor-logs`: the lines of every container, each with its workload before it. Pods that come later and containers that
 * restart are followed too, and a lost API server is waited for.
 */
export async function logs({ root, config, settings, signal }: VerbInput): Promise<void> {
  const { kubectl } = await chooseCluster(root, settings);
  const places = placesOf(config);
  const followed = new Map<string, ChildProcess>();
  signal.addEventListener('abort', () => {
    for (const child of followed.values()) child.kill();
  });
  let isFirst = true;
  while (!signal.aborted) {
    const pods = await listPods(kubectl, places);
    const runs = pods.flatMap(runsOf);
    if (isFirst && runs.length === 0) {
      throw new VerbError([
        { what: `No container of the stack runs in namespace ${config.namespace}.`, fix: 'make monitor-status' },
      ]);
    }
    const width = Math.max(0, ...runs.map(({ workload }) => workload.length));
    const started = runs.filter(({ key }) => !followed.has(key));
    // What runs when the verb starts is shown from its last lines on; what starts later from its beginning.
    const tail = isFirst ? settings.tail : -1;
    const endings = started.map((run) => {
      const child = kubectl.start([
        'logs',
        run.pod,
        '-c',
        run.container,
        '-n',
        run.namespace,
        `--tail=${tail}`,
        ...(settings.follow ? ['--follow'] : []),
      ]);
      followed.set(run.key, child);
      return printLines(child, run.workload.padEnd(width));
    });
    if (!settings.follow) {
      await Promise.all(endings);
      return;
    }
    isFirst = false;
    await pause(LOOK_SECONDS, signal);
  }
}

/** The stack's pods; none while the API server is away. */
async function listPods(kubectl: Kubectl, places: Places): Promise<readonly Pod[]> {
  try {
    return await listIn<Pod>(kubectl, places, 'pods', '-l', ofStack(places.namespace));
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

async function printLines(child: ChildProcess, prefix: string): Promise<void> {
  if (child.stdout === null) return;
  for await (const line of createInterface({ input: child.stdout })) say(`${prefix} | ${line}`);
}
