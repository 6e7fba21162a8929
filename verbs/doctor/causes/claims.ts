/** Claims that have no volume. */
import { keepData } from '../../leaving-claims';
import { type AnyCause, type At, type Cause, entryOf } from '../cause';

/** A claim that has no volume holds no data, so `monitor-up` makes it anew. */
const recreate = ({ commands: { make } }: At): string =>
  `then ${make('monitor-up')}, which creates the claim again: it holds no data yet`;

/** The claim of the examples. */
export const claimCase = ({ places: { claims } }: At) => claims.prometheus?.name ?? 'prometheus-data';
/** The object of a finding. */
export const claimPart = (claim: string) => `PersistentVolumeClaim/${claim}`;

export const CLAIM_MISSING: Cause<null> = {
  id: 'claim-missing',
  section: 'storage',
  title: 'A claim does not exist',
  meaning: 'The claim was deleted, or never applied: an apply of a folder does not descend into `keep/`.',
  found: 'The list of claims in the namespace does not have it.',
  says: () => 'it does not exist',
  next: ({ commands }) => commands.make('monitor-up'),
  example: (at) => ({ part: claimPart(claimCase(at)), details: null }),
};

/** A claim that is being deleted. */
interface Deleted {
  readonly claim: string;
  /** Name of its PersistentVolume; null: it has none, and holds no data. */
  readonly volume: string | null;
}

export const CLAIM_DELETED: Cause<Deleted> = {
  id: 'claim-deleted',
  section: 'storage',
  title: 'A claim is being deleted',
  meaning:
    'The claim was deleted while a pod uses it. Kubernetes waits for the pod; then the volume is deleted with the data, unless its reclaim policy is Retain. `monitor-up` and `monitor-down` stop for such a claim. Restart nothing before the volume is kept.',
  found: 'The claim has a deletion timestamp.',
  says: ({ volume }) =>
    volume === null
      ? 'it is being deleted; it has no volume, so no data is lost'
      : 'it is being deleted, and its data will be gone once no pod uses it',
  next: ({ commands, places: { namespace } }, { claim, volume }) =>
    volume === null
      ? `${commands.make('monitor-down')}, then ${commands.make('monitor-up')}`
      : `keep the data: ${keepData(commands, { namespace, claim, volume })}`,
  example: (at) => ({
    part: claimPart(claimCase(at)),
    details: { claim: claimCase(at), volume: 'pvc-5f0c1d9e' },
  }),
};

export const CLAIM_LOST: Cause<{ readonly claim: string }> = {
  id: 'claim-lost',
  section: 'storage',
  title: 'The volume of a claim is gone',
  meaning:
    'The PersistentVolume was deleted, or its disk. The claim points to nothing, and its pod does not start. The other claims are not concerned.',
  found: 'The phase of the claim is Lost.',
  says: () => 'its PersistentVolume is gone',
  next: ({ commands: { kubectl, make }, places: { namespace } }, { claim }) =>
    `create its PersistentVolume again, if the disk still exists; else start with an empty claim: ${make('monitor-down')}, ${kubectl(`-n ${namespace} delete pvc ${claim}`)}, ${make('monitor-up')}, and restore a backup: ${make('monitor-restore', 'FROM=FOLDER')}`,
  example: (at) => ({ part: claimPart(claimCase(at)), details: { claim: claimCase(at) } }),
};

/** A claim that waits for a volume. */
interface Pending {
  /** The StorageClasses that the cluster has. */
  readonly existing: readonly string[];
  readonly claim: string;
  /** null: the claim names none. */
  readonly className: string | null;
  /** The newest event; empty if there is none. */
  readonly message: string;
}

const because = (message: string) => (message === '' ? '' : `: ${message}`);

export const CLAIM_PENDING: Cause<Pending> = {
  id: 'claim-pending',
  section: 'storage',
  title: 'A claim is pending',
  meaning:
    'The StorageClass exists, but has made no volume: its provisioner does not run, it has no space, or there is no volume in the zone of the pod.',
  found: 'The phase of the claim is Pending. The reason is in its newest event.',
  says: ({ className, message }) =>
    `it is pending, ${className === null ? 'without a StorageClass' : `with StorageClass ${className}`}${because(message)}`,
  next: (at) =>
    `${at.commands.kubectl('get storageclass')}; set storage.className in the environment file; ${recreate(at)}`,
  example: (at) => ({
    part: claimPart(claimCase(at)),
    details: {
      claim: claimCase(at),
      existing: ['standard'],
      className: 'standard',
      message: 'waiting for a volume to be created, either by external provisioner "rancher.io/local-path"',
    },
  }),
};

const listed = (names: readonly string[]) => (names.length === 0 ? 'no StorageClass at all' : names.join(', '));
const provide = ({ existing }: Pending) =>
  existing.length === 0
    ? "install a provisioner, such as Rancher's local-path-provisioner or the CSI driver of your cloud"
    : 'set storage.className in the environment file to one of these names';

export const NO_DEFAULT_CLASS: Cause<Pending> = {
  id: 'no-default-storage-class',
  section: 'storage',
  title: 'The cluster has no default StorageClass',
  meaning: 'The environment file names no class, so that the claim takes the default of the cluster. There is none.',
  found: 'The claim is pending and names no class, and no StorageClass is marked as the default.',
  says: ({ existing }) => `it is pending: the cluster has no default StorageClass; it has ${listed(existing)}`,
  next: (at, details) => `${provide(details)}; ${recreate(at)}`,
  example: (at) => ({
    part: claimPart(claimCase(at)),
    details: { claim: claimCase(at), className: null, message: '', existing: ['standard'] },
  }),
};

export const CLASS_MISSING: Cause<Pending> = {
  id: 'storage-class-missing',
  section: 'storage',
  title: 'The StorageClass of a claim does not exist',
  meaning: 'storage.className of the environment file is a name that the cluster does not have.',
  found: 'The claim is pending, and no StorageClass has the name that it asks for.',
  says: ({ className, existing }) =>
    `it is pending: the cluster has no StorageClass ${className}; it has ${listed(existing)}`,
  next: (at, details) => `${provide(details)}; ${recreate(at)}`,
  example: (at) => ({
    part: claimPart(claimCase(at)),
    details: { claim: claimCase(at), className: 'fast-ssd', message: '', existing: ['standard'] },
  }),
};

/** In the order of the page. */
export const CLAIM_CAUSES: readonly AnyCause[] = [
  ...[NO_DEFAULT_CLASS, CLASS_MISSING, CLAIM_PENDING].map(entryOf),
  ...[entryOf(CLAIM_MISSING), entryOf(CLAIM_DELETED), entryOf(CLAIM_LOST)],
];
