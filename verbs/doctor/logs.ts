import type { ContainerStatus, Pod } from '../objects';
import type { State } from '../state';
import type { DesiredState } from './desired-state';
import type { Reader } from './reader';
import type { Series } from './series';

/** Lines that are read of each log: a program that fails repeats the reason. */
const LINES = 30;

/**
 * The last lines of logs that explain something, by `pod/container`: of containers that are not ready, and of Alertmanager; of all
 * containers where the kubelets' figures about claims are missing. A container that has ended has a log of its last run.
 */
export async function readLogs(
  reader: Reader,
  { namespace, places }: DesiredState,
  { pods }: State,
  series: Series | null,
): Promise<ReadonlyMap<string, string>> {
  const hasUsage = series?.claimUsage.some(({ labels }) => labels.namespace === namespace) ?? false;
  const containers = pods.flatMap((pod) => statusesOf(pod).map((status) => ({ pod, status })));
  const explaining = containers.filter(
    ({ pod, status }) => !hasUsage || !status.ready || pod.metadata.labels?.[NAME] === places.alertmanager?.service,
  );
  const entries = await Promise.all(
    explaining.map(async ({ pod: { metadata }, status }) => {
      const args = ['logs', metadata.name, '-n', metadata.namespace, '-c', status.name, `--tail=${LINES}`];
      const unchecked = `the log of ${metadata.name}`;
      const wanted = { resource: 'pods/log', namespace: metadata.namespace, unchecked };
      const text = await reader.attempt(wanted, [...args, ...(hasEnded(status) ? ['--previous'] : [])]);
      return [`${metadata.name}/${status.name}`, text] as const;
    }),
  );
  return new Map(entries);
}

const NAME = 'app.kubernetes.io/name';

const statusesOf = ({ status }: Pod): readonly ContainerStatus[] =>
  [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].filter(
    ({ state, lastState }) => state?.running !== undefined || lastState?.terminated !== undefined,
  );

const hasEnded = ({ state, lastState }: ContainerStatus): boolean =>
  state?.running === undefined && lastState?.terminated !== undefined;
