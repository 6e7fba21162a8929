/** Claims that have no volume. */
import { type AnyCause, type At, type Cause, entryOf } from '../cause';

/** The command that deletes a claim, with the data in it. */
const recreate = ({ commands: { kubectl, make }, places: { namespace } }: At, claim: string): string =>
  `a claim cannot change its class, so recreate it: ${kubectl(`-n ${namespace} delete pvc ${claim}`)}, then ${make('monitor-up')}`;

const claimCase = ({ places: { claims } }: At) => claims.prometheus?.name ?? 'prometheus-data';
const partOf = (claim: string) => `PersistentVolumeClaim/${claim}`;

export const CLAIM_MISSING: Cause<null> = {
  id: 'claim-missing',
  section: 'storage',
  title: 'A claim does not exist',
  meaning: 'The claim was deleted, or never applied: an apply of a folder does not descend into `keep/`.',
  found: 'The list of claims in the namespace does not have it.',
  says: () => 'it does not exist',
  next: ({ commands }) => commands.make('monitor-up'),
  example: (at) => ({ part: partOf(claimCase(at)), details: null }),
};

export const CLAIM_DELETED: Cause<null> = {
  id: 'claim-deleted',
  section: 'storage',
  title: 'A claim is being deleted',
  meaning: 'The claim was deleted while a pod uses it. Kubernetes waits for the pod; then the data is gone.',
  found: 'The claim has a deletion timestamp.',
  says: () => 'it is being deleted, and will be gone once no pod uses it',
  next: ({ commands: { make } }) => `${make('monitor-down')}, then ${make('monitor-up')}`,
  example: (at) => ({ part: partOf(claimCase(at)), details: null }),
};

export const CLAIM_LOST: Cause<null> = {
  id: 'claim-lost',
  section: 'storage',
  title: 'The volume of a claim is gone',
  meaning: 'The PersistentVolume was deleted, or its disk. The claim points to nothing, and its pod does not start.',
  found: 'The phase of the claim is Lost.',
  says: () => 'its PersistentVolume is gone',
  next: ({ commands: { make } }) =>
    `restore its PersistentVolume, or delete the claim and its data: ${make('monitor-down-v')}`,
  example: (at) => ({ part: partOf(claimCase(at)), details: null }),
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
  next: (at, { claim }) =>
    `${at.commands.kubectl('get storageclass')}; set storage.className in the environment file; ${recreate(at, claim)}`,
  example: (at) => ({
    part: partOf(claimCase(at)),
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
  next: (at, details) => `${provide(details)}; ${recreate(at, details.claim)}`,
  example: (at) => ({
    part: partOf(claimCase(at)),
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
  next: (at, details) => `${provide(details)}; ${recreate(at, details.claim)}`,
  example: (at) => ({
    part: partOf(claimCase(at)),
    details: { claim: claimCase(at), className: 'fast-ssd', message: '', existing: ['standard'] },
  }),
};

/** A claim that is bound, and not as it is rendered. */
interface Different {
  readonly claim: string;
  readonly className: string;
  readonly size: string;
  readonly wanted: { readonly className: string | null; readonly size: string };
}
const different = (at: At) => ({
  part: partOf(claimCase(at)),
  details: {
    claim: claimCase(at),
    className: 'standard',
    size: '5Gi',
    wanted: { className: 'fast-ssd', size: '15Gi' },
  },
});

export const CLAIM_CLASS: Cause<Different> = {
  id: 'claim-wrong-class',
  section: 'storage',
  title: 'A claim has another StorageClass than rendered',
  meaning:
    'The claim was created with another class, before storage.className was changed. The API server refuses to change the class of a claim, so each apply of it fails.',
  found: 'The class of the bound claim is compared with the rendered one.',
  says: ({ className, wanted }) =>
    `its StorageClass is ${className === '' ? 'none' : className}, and ${wanted.className} is rendered`,
  next: ({ commands: { kubectl, make }, places: { namespace } }, { claim, className }) =>
    `keep it: set storage.className: ${className} in the environment file; or lose its data: ${kubectl(`-n ${namespace} delete pvc ${claim}`)}, then ${make('monitor-up')}`,
  example: different,
};

export const CLAIM_SMALL: Cause<Different> = {
  id: 'claim-too-small',
  section: 'storage',
  title: 'A claim is smaller than rendered',
  meaning:
    'The size in the environment file was raised, and the claim was not: the class does not allow expansion, or the change was not applied. Data is deleted or refused earlier than expected.',
  found: 'The request of the bound claim, and the capacity of its volume, are compared with the rendered size.',
  says: ({ size, wanted }) => `it has ${size}, and ${wanted.size} is rendered`,
  next: ({ commands: { kubectl, make } }) =>
    `${make('monitor-up')}, which grows it if its class has allowVolumeExpansion: ${kubectl('get storageclass')}`,
  example: different,
};

/** A claim without room. */
interface Full {
  readonly claim: string;
  /** From 0 to 1; null: it is not known. */
  readonly usage: number | null;
  /** A line of a log; null: no log says so. */
  readonly complaint: string | null;
}

export const CLAIM_FULL: Cause<Full> = {
  id: 'claim-full',
  section: 'storage',
  title: 'A claim is full',
  meaning:
    'The program cannot write. Prometheus stops storing samples, Jaeger refuses spans, which then wait in the queue of the Collector, and the Collector refuses new spans when its own claim is full.',
  found:
    'The kubelet\'s figures in Prometheus (98 % or more), or a log of the program that says "no space left on device" if there are none.',
  says: ({ usage, complaint }) =>
    usage === null
      ? `it is full: ${(complaint ?? '').slice(0, 200)}`
      : `it is full: ${(usage * 100).toFixed(0)} % of it are used`,
  next: ({ commands: { kubectl, make }, places: { namespace } }, { claim }) =>
    `raise its size in the environment file, then ${make('monitor-up')}, if the class allows expansion; else keep less: prometheus.retention, jaeger.ttl; ${kubectl(`-n ${namespace} describe pvc ${claim}`)}`,
  example: (at) => ({
    part: partOf(claimCase(at)),
    details: { claim: claimCase(at), usage: 0.99, complaint: null },
  }),
};

export const CLAIM_CAUSES: readonly AnyCause[] = [
  ...[NO_DEFAULT_CLASS, CLASS_MISSING, CLAIM_PENDING].map(entryOf),
  ...[CLAIM_MISSING, CLAIM_DELETED, CLAIM_LOST].map(entryOf),
  entryOf(CLAIM_FULL),
  ...[CLAIM_CLASS, CLAIM_SMALL].map(entryOf),
];
