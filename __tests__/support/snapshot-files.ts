/** Snapshots that are a folder of text files, so that each opens in a browser's diff. `jest -u` writes them. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Every file below a folder: path in the folder to content. */
export const filesBelow = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]),
  );

/** True where Jest runs with `-u`. Jest offers it to no one else by a public name. */
function isUpdating(): boolean {
  const { snapshotState } = expect.getState() as { snapshotState?: { readonly _updateSnapshot?: unknown } };
  if (typeof snapshotState?._updateSnapshot !== 'string')
    throw new Error("Jest's snapshotState has no _updateSnapshot");
  return snapshotState._updateSnapshot === 'all';
}

/**
 * Expects that a folder has these files and no others. With `jest -u` it then has.
 * @param files path in the folder to content
 */
export function expectFolder(folder: string, files: Readonly<Record<string, string>>): void {
  if (isUpdating()) {
    rmSync(folder, { recursive: true, force: true });
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  }
  expect(filesBelow(folder)).toEqual(files);
}
