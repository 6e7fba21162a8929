/** Versions of programs, for comparisons by the catalogue: `3.16.0`, `v2.0.0-rc2`. */
import type { Metric } from '../promql/metric';

const VERSION = /^v?(\d+(?:\.\d+)*)(-.+)?$/;

/** Whether a text is a version: an image's tag may be any text. */
export const isVersion = (text: string): boolean => VERSION.test(text);

/** Its numbers, and whether it is a release: a release candidate comes before its release. */
function parsed(version: string): readonly number[] {
  const [, numbers = '', candidate] = VERSION.exec(version) ?? [];
  if (numbers === '') throw new Error(`"${version}" is not a version: it is numbers with dots between them, as 3.16.0`);
  const [major = 0, minor = 0, patch = 0] = numbers.split('.').map(Number);
  return [major, minor, patch, candidate === undefined ? 1 : 0];
}

/**
 * Whether a version comes before another.
 * @throws Error if it is not a version
 */
export function isBefore(one: string, other: string): boolean {
  const others = parsed(other);
  for (const [index, number] of parsed(one).entries()) {
    const against = others[index] ?? 0;
    if (number !== against) return number < against;
  }
  return false;
}

/** Whether a version of the emitter has a metric. */
export const isIn = ({ since, until }: Pick<Metric, 'since' | 'until'>, version: string): boolean =>
  (since === undefined || !isBefore(version, since)) && (until === undefined || isBefore(version, until));
