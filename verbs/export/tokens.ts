/** What stands for what was taken out of a text. */

/** For the value of a Secret. It has no name in it, because the value may be a part of that name. @param number from 1 */
export const secretToken = (number: number): string => `<s-${number}>`;

/** For an address, the same number for the same one. */
export const numberedToken = (what: 'ip' | 'email', number: number): string => `<${what}-${number}>`;

/** For all else. */
export const removed = (what?: string): string => (what === undefined ? '<removed>' : `<removed ${what}>`);

/** In the list of the Secrets, for a value that is not searched for. */
export const NOT_SEARCHED = '<not searched>';

/** Finds each of them. */
export const TOKEN = `<(?:s|ip|email)-\\d+>|<removed(?: [\\w -]+)?>|${NOT_SEARCHED}`;
