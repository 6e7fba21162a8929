/** Claims that are bound, and full or not as they are rendered. */
import { type AnyCause, type At, type Cause, entryOf } from '../cause';
import { claimCase, claimPart } from './claims';

/** A claim that is bound, and not as it is rendered. */
interface Different {
  readonly claim: string;
  readonly className: string;
  readonly size: string;
  readonly wanted: { readonly className: string | null; readonly size: string };
}
const different = (at: At) => ({
  part: claimPart(claimCase(at)),
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
    `keep it: set storage.className: ${className} in the environment file; or move the data: ${make('monitor-backup')}, ${make('monitor-down')}, ${kubectl(`-n ${namespace} delete pvc ${claim}`)}, ${make('monitor-up')}, ${make('monitor-restore', 'FROM=FOLDER')}`,
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
    part: claimPart(claimCase(at)),
    details: { claim: claimCase(at), usage: 0.99, complaint: null },
  }),
};

/** In the order of the page. */
export const VOLUME_CAUSES: readonly AnyCause[] = [entryOf(CLAIM_FULL), ...[CLAIM_CLASS, CLAIM_SMALL].map(entryOf)];
