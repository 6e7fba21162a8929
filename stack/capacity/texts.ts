/** Numbers in the arithmetic of sizes. */

const UNITS = [
  ['TiB', 2 ** 40],
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
] as const;

/** Three digits that matter, without an exponent. */
export const amount = (value: number): string => `${Number(value.toPrecision(3))}`;

/** A whole number. */
export const count = (value: number): string => `${Math.round(value)}`;

/** Bytes with a binary unit: 7.2 GiB. */
export function size(bytes: number): string {
  const [unit, scale] = UNITS.find(([, least]) => bytes >= least) ?? ['bytes', 1];
  return `${amount(bytes / scale)} ${unit}`;
}
