import type { Unplaced } from './problems';

/** A problem for each name that is there more than once. @param path the field that holds them */
export const uniqueBy = (path: string, names: readonly string[]): Unplaced[] =>
  names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => ({ path, value: name, allowed: 'each name once', fix: `rename one ${name}` }));
