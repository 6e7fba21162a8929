import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Text of a file of the project. */
export const readText = (root: string, ...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

/** File names of a folder with an ending, in the order of their code points, whatever the locale; none where the folder is absent. */
export function listFiles(root: string, folder: string, ending: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith(ending))
    .sort();
}
