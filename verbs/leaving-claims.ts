/** Claims that are being deleted while a pod uses them: Kubernetes waits for the pod, and then the data goes. */
import type { Manifest } from '../stack/checks/manifest';
import { at } from './changes/tree';
import type { Commands } from './commands';
import type { Kubectl } from './kubectl';
import { ofStack } from './ownership';
import { VerbError, type VerbProblem } from './terminal';

/** A claim whose data goes with the pod that uses it. */
export interface LeavingClaim {
  readonly namespace: string;
  readonly claim: string;
  /** Name of its PersistentVolume. */
  readonly volume: string;
}

/** Those of some claims that are being deleted, and have a volume. */
export const leavingOf = (claims: readonly Manifest[]): readonly LeavingClaim[] =>
  claims.filter(isLeaving).flatMap(({ metadata: { name, namespace = '' }, spec }) => {
    const volume = at(spec, 'volumeName');
    return typeof volume === 'string' ? [{ namespace, claim: name, volume }] : [];
  });

/** Whether an object is being deleted. */
export const isLeaving = ({ metadata }: Manifest): boolean => 'deletionTimestamp' in metadata;

const patch = (volume: string, type: 'merge' | 'json', content: object): string =>
  `patch pv ${volume} --type=${type} -p '${JSON.stringify(content)}'`;

/** The volume is then the claim's of that name, and no longer that of the claim that is gone. */
const RESERVED = ['uid', 'resourceVersion'].map((name) => ({ op: 'remove', path: `/spec/claimRef/${name}` }));

/**
 * The commands that keep the data, as one line: the volume outlives its claim, and is then reserved for the claim of that name, which
 * `monitor-up` creates. The right to change PersistentVolumes is needed.
 */
export const keepData = ({ kubectl, make }: Commands, { namespace, claim, volume }: LeavingClaim): string =>
  [
    kubectl(patch(volume, 'merge', { spec: { persistentVolumeReclaimPolicy: 'Retain' } })),
    make('monitor-down'),
    kubectl(`-n ${namespace} wait pvc --for=delete --field-selector=metadata.name=${claim} --timeout=5m`),
    kubectl(patch(volume, 'json', RESERVED)),
    make('monitor-up'),
  ].join(' && ');

/** The problem of a command that would stop its pod. */
export const lossOf = (commands: Commands, leaving: LeavingClaim): VerbProblem => ({
  what: `PersistentVolumeClaim/${leaving.claim} is being deleted: its data would be gone as soon as no pod uses it`,
  fix: `keep the data: ${keepData(commands, leaving)}`,
});

/** Claims of a stack whose data would go if its pods stopped: those that are being deleted, on a volume that does not outlive them. */
async function lossesOf(kubectl: Kubectl, namespace: string): Promise<readonly VerbProblem[]> {
  const claims = await kubectl.list<Manifest>('persistentvolumeclaims', '-n', namespace, '-l', ofStack(namespace));
  const policies = await Promise.all(
    leavingOf(claims).map(async (leaving) => {
      const args = ['get', 'pv', leaving.volume, '--ignore-not-found', '-o', 'json', '--request-timeout=10s'];
      // Without the right to read volumes, it is not known that the data stays.
      const volume = await kubectl.allowed(args);
      const isKept =
        volume !== null &&
        (volume === '' || at(JSON.parse(volume), 'spec', 'persistentVolumeReclaimPolicy') === 'Retain');
      return isKept ? [] : [lossOf(kubectl.commands, leaving)];
    }),
  );
  return policies.flat();
}

/**
 * For a command that stops programs.
 * @throws VerbError if the data of a claim would go with its pod, because the claim is being deleted
 */
export async function refuseLosses(kubectl: Kubectl, namespace: string): Promise<void> {
  const losses = await lossesOf(kubectl, namespace);
  if (losses.length > 0) throw new VerbError(losses);
}
