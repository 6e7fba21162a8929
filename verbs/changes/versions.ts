/** Images that change, with the notes of their releases. */
import { IMAGES, type ImageSource } from '../../config/images';
import { isBefore, isVersion } from '../../metrics/versions';
import { containersOf, type Manifest, podOf } from '../../stack/checks/manifest';
import { at, type Paired, titleOf } from './tree';

/** An image of a workload that changes. */
export interface VersionChange {
  /** `Deployment/prometheus`. */
  readonly workload: string;
  readonly before: string;
  readonly after: string;
  /** Whether the new version is a lower one. */
  readonly isDowngrade: boolean;
  /** Page of the new release; null: the image is not one of `config/images.ts`. */
  readonly notes: string | null;
}

/** Every changed image, once for each workload. A Deployment that becomes a StatefulSet of the same name is one workload. */
export function versionsOf({ added, removed, kept }: Paired): readonly VersionChange[] {
  const replaced = added.flatMap((after) => {
    const before = removed.find(({ metadata }) => metadata.name === after.metadata.name && podOf(after) !== undefined);
    return before === undefined ? [] : [{ before, after }];
  });
  return [...kept, ...replaced].flatMap(({ before, after }) => changes(before, after));
}

function changes(before: Manifest, after: Manifest): readonly VersionChange[] {
  const [old, next] = [imagesOf(before), imagesOf(after)];
  const found = [...next].flatMap(([container, image]) => {
    const was = old.get(container);
    if (was === undefined || was === image) return [];
    return [
      { workload: titleOf(after), before: was, after: image, isDowngrade: isLower(image, was), notes: notesOf(image) },
    ];
  });
  // Init containers run in the image of the program.
  return [...new Map(found.map((change) => [`${change.before} ${change.after}`, change])).values()];
}

const imagesOf = (object: Manifest): ReadonlyMap<string, string> => {
  const pod = podOf(object);
  return new Map(
    pod === undefined ? [] : containersOf(pod).map((container) => [container.name, String(at(container, 'image'))]),
  );
};

/** An image's repository, without its registry, and its tag. */
function parts(image: string): { readonly repository: string; readonly tag: string } {
  const [name = ''] = image.split('@');
  const colon = name.lastIndexOf(':');
  const hasTag = colon > name.lastIndexOf('/');
  const path = hasTag ? name.slice(0, colon) : name;
  return { repository: path.split('/').slice(1).join('/'), tag: hasTag ? name.slice(colon + 1) : '' };
}

function isLower(image: string, other: string): boolean {
  const [after, before] = [parts(image), parts(other)];
  if (after.repository !== before.repository || !isVersion(after.tag) || !isVersion(before.tag)) return false;
  return isBefore(after.tag, before.tag);
}

function notesOf(image: string): string | null {
  const { repository, tag } = parts(image);
  const sources: readonly ImageSource[] = Object.values(IMAGES);
  const source = sources.find(
    (entry) => repository === entry.repository || repository.endsWith(`/${entry.repository}`),
  );
  return source === undefined ? null : source.upstream.replace(source.tag, tag);
}
