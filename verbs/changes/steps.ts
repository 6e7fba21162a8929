/** The kubectl commands that make a refused change possible. `monitor-up` runs them; `impact` prints them for those who apply otherwise. */
import type { Manifest } from '../../stack/checks/manifest';
import type { Impact } from './impact';
import { titleOf } from './tree';

/** One command before the objects are applied. Each can be repeated. */
export interface Step {
  /** What it does, for a message. */
  readonly what: string;
  /** Arguments of kubectl. */
  readonly args: readonly string[];
}

/** The commands of an impact, in their order: claims are grown before the StatefulSet, whose template says so, is replaced. */
export const stepsOf = ({ claimPatches, refusals }: Pick<Impact, 'claimPatches' | 'refusals'>): readonly Step[] => [
  ...claimPatches.map(({ namespace, claim, patch }) => ({
    what: `${claim} gets ${'spec' in patch ? 'its new size' : "the template's labels and annotations"}`,
    args: ['patch', '-n', namespace, `persistentvolumeclaim/${claim}`, '--type=merge', '-p', JSON.stringify(patch)],
  })),
  ...refusals.flatMap(({ after, remedy }) => (remedy === 'new claim' ? [] : [deletion(after, remedy === 'orphan')])),
];

function deletion(object: Manifest, isOrphaning: boolean): Step {
  const { name, namespace } = object.metadata;
  const cascade = isOrphaning ? 'orphan' : 'foreground';
  const what = isOrphaning
    ? `${titleOf(object)} is replaced, and its pods run on`
    : `${titleOf(object)} is deleted and applied again${hasPods(object) ? ': its pods stop meanwhile' : ''}`;
  const place = namespace === undefined ? [] : ['-n', namespace];
  const named = `${object.kind.toLowerCase()}/${name}`;
  return { what, args: ['delete', ...place, named, `--cascade=${cascade}`, '--ignore-not-found'] };
}

/** Whether deleting the object stops pods. */
export const hasPods = ({ kind }: Manifest): boolean =>
  ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(kind);

/** Whether data goes with the object. It is never deleted without a word. */
export const holdsData = ({ kind }: Pick<Manifest, 'kind'>): boolean =>
  kind === 'PersistentVolumeClaim' || kind === 'Namespace';

/** The command that deletes objects which are no longer rendered. Claims and Namespaces are left out: data goes with them. */
export function pruneSteps(removed: readonly Manifest[]): readonly Step[] {
  const places = new Map<string, string[]>();
  for (const { kind, metadata } of removed) {
    if (holdsData({ kind })) continue;
    const place = metadata.namespace ?? '';
    places.set(place, [...(places.get(place) ?? []), `${kind.toLowerCase()}/${metadata.name}`]);
  }
  return [...places].map(([place, names]) => ({
    what: 'what is no longer rendered is deleted',
    args: ['delete', ...(place === '' ? [] : ['-n', place]), '--ignore-not-found', ...names],
  }));
}
