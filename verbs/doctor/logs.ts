import type { Kubectl } from '../kubectl';
import type { ContainerStatus, Pod } from '../objects';
import type { State } from '../state';

/** Lines that are read of each log: a program that fails repeats the reason. */
const LINES = 30;

/** The last lines of every container of the stack, by `pod/container`. A container that has ended has a log of its last run. */
export async function readLogs(kubectl: Kubectl, { pods }: State): Promise<ReadonlyMap<string, string>> {
  const containers = pods.flatMap((pod) => statusesOf(pod).map((status) => ({ pod, status })));
  const entries = await Promise.all(
    containers.map(async ({ pod: { metadata }, status }) => {
      const args = ['logs', metadata.name, '-n', metadata.namespace, '-c', status.name, `--tail=${LINES}`];
      const { stdout } = await kubectl.run([...args, ...(hasEnded(status) ? ['--previous'] : [])]);
      return [`${metadata.name}/${status.name}`, stdout] as const;
    }),
  );
  return new Map(entries);
}

const statusesOf = ({ status }: Pod): readonly ContainerStatus[] =>
  [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].filter(
    ({ state, lastState }) => state?.running !== undefined || lastState?.terminated !== undefined,
  );

const hasEnded = ({ state, lastState }: ContainerStatus): boolean =>
  state?.running === undefined && lastState?.terminated !== undefined;
