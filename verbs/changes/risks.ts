/** Where a change puts data at risk: it is deleted, left behind in a claim, or may not be read any more. */
import type { Manifest } from '../../stack/checks/manifest';
import { mountedConfigMaps, podOf } from '../../stack/checks/manifest';
import { type ClaimUse, claimsOf, mountsOf } from './claims';
import { queueRisks } from './queues';
import { retentionRisks } from './retention';
import type { Risk } from './risk';
import { storeRisks } from './stores';
import { at, listAt, type Paired, titleOf } from './tree';
import { versionsOf } from './versions';

/** Every risk of a change. */
export function risksOf(old: readonly Manifest[], next: readonly Manifest[], paired: Paired): readonly Risk[] {
  return [
    ...leftNamespaces(old, paired),
    ...leftClaims(old, next),
    ...deletedWithPods(paired),
    ...otherPaths(paired),
    ...queueRisks(old, next),
    ...storeRisks(old, next),
    ...retentionRisks(old, next),
    ...downgrades(paired),
  ];
}

/** A namespace that is renamed is a new stack beside the old one. One without claims, such as node-exporter's, holds no data. */
function leftNamespaces(old: readonly Manifest[], { added, removed }: Paired): readonly Risk[] {
  const withData = new Set(claimsOf(old).map(({ namespace }) => namespace));
  const moves = added.some(({ kind }) => kind === 'Namespace');
  return removed
    .filter(({ kind, metadata: { name } }) => kind === 'Namespace' && withData.has(name))
    .map((namespace) => ({
      object: titleOf(namespace),
      what: moves
        ? 'the stack moves to another namespace, and its data does not: the programs start empty'
        : 'it is no longer rendered; its claims and Secrets stay in the cluster',
      next: moves
        ? `set namespace back to ${namespace.metadata.name}: monitor-restore puts a backup into no other namespace`
        : 'render it again to use its data; or delete the Namespace by hand, with the data, once it is not needed',
    }));
}

const key = ({ namespace, key: name }: ClaimUse): string => `${namespace} ${name}`;

/** Claims that are rendered no more, or of which the StatefulSet has fewer pods. They stay in the cluster, and no pod mounts them. */
function leftClaims(old: readonly Manifest[], next: readonly Manifest[]): readonly Risk[] {
  const after = new Map(claimsOf(next).map((claim) => [key(claim), claim]));
  return claimsOf(old).flatMap((claim) => {
    const kept = after.get(key(claim))?.names ?? [];
    const left = claim.names.filter((name) => !kept.includes(name));
    if (left.length === 0) return [];
    const users = old.filter((workload) => holdsQueue(workload, old) && usesAny(workload, claim));
    const queue = users.length > 0 ? ': spans that are still queued there are not sent' : '';
    return [
      {
        object: `PersistentVolumeClaim/${left.join(', ')}`,
        what: `it stays in the cluster with its data, and no pod reads it any more${queue}`,
        next:
          queue === ''
            ? 'its data is read again with the old rendering; no command moves it: monitor-restore puts a backup into a claim of the same name only'
            : 'wait until the queue is empty (otelcol_exporter_queue_size is 0) with the senders stopped, then apply; or apply the old rendering again later, which sends them',
      },
    ];
  });
}

const usesAny = (workload: Manifest, { statefulSet, names }: ClaimUse): boolean =>
  statefulSet === null
    ? names.some((name) => mountsOf(workload).has(name))
    : workload.kind === 'StatefulSet' && workload.metadata.name === statefulSet;

/** Whether a workload has a configuration with a queue on disk. */
function holdsQueue(workload: Manifest, objects: readonly Manifest[]): boolean {
  const pod = podOf(workload);
  if (pod === undefined) return false;
  const names = mountedConfigMaps(pod);
  return objects.some(
    ({ kind, metadata, data = {} }) =>
      kind === 'ConfigMap' &&
      names.has(metadata.name) &&
      Object.values(data).some((text) => /^\s+sending_queue:/m.test(text) && text.includes('file_storage')),
  );
}

/** A StatefulSet that deletes its claims with itself or with the pods that a scale-down removes. */
const deletedWithPods = ({ kept }: Paired): readonly Risk[] =>
  kept.flatMap(({ before, after }) => {
    const path = ['persistentVolumeClaimRetentionPolicy'] as const;
    const when = ['whenDeleted', 'whenScaled'].filter(
      (name) => at(after.spec, ...path, name) === 'Delete' && at(before.spec, ...path, name) !== 'Delete',
    );
    if (when.length === 0) return [];
    return [
      {
        object: titleOf(after),
        what: `${when.join(' and ')} is Delete: Kubernetes deletes the claims with the ${when.includes('whenDeleted') ? 'StatefulSet' : 'pods'}`,
        next: 'set persistentVolumeClaimRetentionPolicy to Retain',
      },
    ];
  });

/** A program that reads another folder of its claim. */
const otherPaths = ({ kept }: Paired): readonly Risk[] =>
  kept.flatMap(({ before, after }) => {
    const [old, next] = [mountsOf(before), mountsOf(after)];
    return [...old].flatMap(([claim, path]) => {
      const now = next.get(claim);
      if (now === undefined || now === path) return [];
      return [
        {
          object: titleOf(after),
          what: `the claim ${claim} is mounted at ${now}, before at ${path}: a program that still uses the old path writes beside the claim`,
          next: 'check that the program has the new path in its configuration too',
        },
      ];
    });
  });

/** An older version of a program with data on a claim. */
const downgrades = (paired: Paired): readonly Risk[] =>
  versionsOf(paired)
    .filter(({ isDowngrade }) => isDowngrade)
    .filter(({ workload }) => paired.kept.some(({ after }) => titleOf(after) === workload && hasClaims(after)))
    .map(({ workload, before, after }) => ({
      object: workload,
      what: `${before} becomes ${after}: the older version may not read what the newer one has written`,
      next: 'take a backup first; the notes of both releases say whether the format has changed',
    }));

const hasClaims = (workload: Manifest): boolean =>
  mountsOf(workload).size > 0 || listAt(workload.spec, 'volumeClaimTemplates').length > 0;
