import type { Unplaced } from './problems';

/** A problem for each duplicate name. @param path the field with the names */
export const uniqueBy = (path: string, names: readonly string[]): Unplaced[] =>
  names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => ({ path, value: name, allowed: 'each name once', fix: `rename one ${name}` }));
