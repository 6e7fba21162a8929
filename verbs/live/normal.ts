/** Objects of a cluster without what the server adds to every object. */
import type { Manifest } from '../../stack/checks/manifest';

/** Fields of the metadata that the server sets, and that say nothing about the object. */
const OF_SERVER = ['managedFields', 'resourceVersion', 'uid', 'generation', 'creationTimestamp', 'selfLink'];

/** An object of a cluster, for comparisons. Defaults that the server has filled in stay. */
export function normal(object: Manifest): Manifest {
  const { status: _, ...rest } = object as Manifest & { readonly status?: unknown };
  const metadata = Object.fromEntries(Object.entries(object.metadata).filter(([key]) => !OF_SERVER.includes(key)));
  return { ...rest, metadata: metadata as unknown as Manifest['metadata'] };
}
