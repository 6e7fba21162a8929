/** What the archive is made of: items that are read one by one, and may not be readable. */
import { reasonOf } from '../reason';
import type { ArchiveFile } from './archive';

/** A file to be. */
export interface Item {
  /** Its path in the archive. */
  readonly path: string;
  /** What it is, in a few words. */
  readonly about: string;
  /** Reads it: text, or plain data. @throws Error if it cannot be read */
  readonly read: () => Promise<unknown> | unknown;
}

/** A file of the archive with what it is. */
export interface Described extends ArchiveFile {
  readonly about: string;
}

/** What could not be read. */
export interface Missing {
  readonly path: string;
  readonly about: string;
  readonly reason: string;
}

/** Items that were read, and those that could not be. */
export interface Collected {
  readonly files: readonly Described[];
  readonly missing: readonly Missing[];
}

/** How many are read at the same time. */
const AT_ONCE = 4;

/**
 * Reads items. One that cannot be read ends nothing.
 * @param textOf the text of what was read, without secrets; it is called in the order of the items
 */
export async function collect(
  items: readonly Item[],
  textOf: (path: string, content: unknown) => string,
  signal: AbortSignal,
): Promise<Collected> {
  const files: Described[] = [];
  const missing: Missing[] = [];
  for (let start = 0; start < items.length && !signal.aborted; start += AT_ONCE) {
    const some = items.slice(start, start + AT_ONCE);
    const results = await Promise.allSettled(some.map(async ({ read }) => read()));
    for (const [index, { path, about }] of some.entries()) {
      const result = results[index];
      if (result?.status === 'fulfilled') files.push({ path, about, text: textOf(path, result.value) });
      else missing.push({ path, about, reason: reasonOf(result?.reason) });
    }
  }
  return { files, missing };
}
