/** Programs read the data of older versions of themselves. Nothing says that they read the data of newer ones. */
import type { VerbProblem } from '../terminal';
import type { Placement } from './place';

/** Major and minor version of an image's tag; null: its tag is no version. */
function versionOf(image: string): readonly [number, number] | null {
  const [, major, minor] = /:v?(\d+)\.(\d+)(?:\.\d+)?(?:[-.@].*)?$/.exec(image) ?? [];
  return major === undefined ? null : [Number(major), Number(minor)];
}

/** Whether an image is of an older minor version than another one; null: their tags are no versions. */
export function isOlder(image: string, than: string): boolean | null {
  const [own, other] = [versionOf(image), versionOf(than)];
  if (own === null || other === null) return null;
  return own[0] < other[0] || (own[0] === other[0] && own[1] < other[1]);
}

/** The programs that are older than those whose data a backup has. */
export const downgrades = (placements: readonly Placement[]): readonly VerbProblem[] =>
  placements.flatMap(({ store, entry }) => {
    const [{ image }] = store.pod.containers;
    if (isOlder(image, entry.image) !== true) return [];
    const what = `the data of ${entry.claim} is of ${entry.image}, and this environment has the older ${image}`;
    return [{ what, fix: `set images.${store.program} to that version or a newer one; nothing was changed` }];
  });

/** Remarks where versions cannot be compared. */
export const unknownVersions = (placements: readonly Placement[]): readonly string[] =>
  placements.flatMap(({ store, entry }) => {
    const [{ image }] = store.pod.containers;
    const isUnknown = image !== entry.image && isOlder(image, entry.image) === null;
    return isUnknown
      ? [`${entry.claim}: ${entry.image} and ${image} cannot be compared; use the same or a newer one.`]
      : [];
  });
