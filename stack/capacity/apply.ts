/** Completes the settings of an environment with the sizes that follow from its load. */
import { bytes, cores, durationOf, quantityOf, seconds } from '../../config/units';
import type { Settings } from '../settings';
import type { Size } from './size';
import { SIZES } from './sizes';

/** A value as it is in the file. */
export type Value = string | number;

type Kind = Size['kind'];

/** How a value of each kind is read. */
const READ: Readonly<Record<Kind, (value: string) => number>> = { bytes, cores, seconds, count: Number };

/** How it is written: the smallest one that is at least as large. */
const WRITE: Readonly<Record<Kind, (least: number) => Value>> = {
  bytes: quantityOf,
  cores: (least) => `${Math.ceil(least * 20) * 50}m`,
  seconds: durationOf,
  count: Math.ceil,
};

/** A size as the number that its value means. */
export const numberOf = ({ kind }: Size, value: Value): number => READ[kind](`${value}`);

/** The smallest value of a key that is at least as large. */
export const valueFor = ({ kind }: Size, least: number): Value => WRITE[kind](least);

const keysOf = ({ path }: Size) => path.split('.');

/** The value of a size in settings. */
export function current(settings: Settings, size: Size): Value {
  return keysOf(size).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], settings) as Value;
}

/** Whether a file sets a size. @param content of the file, as it was parsed */
export const isSet = (content: unknown, size: Size): boolean =>
  keysOf(size).reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    content,
  ) !== undefined;

/** A copy of settings with another value of one key. */
function withValue<T extends object>(settings: T, [key = '', ...rest]: readonly string[], value: Value): T {
  const below = (settings as Record<string, unknown>)[key];
  return { ...settings, [key]: rest.length === 0 ? value : withValue(below as object, rest, value) };
}

/**
 * Sets each size that the file does not set. A size beyond the largest value of its key stays as it is: the checks refuse it.
 * @param content of the file, as it was parsed
 */
export function withCapacity(settings: Settings, content: unknown): Settings {
  const { capacity } = settings;
  if (capacity === null) return settings;
  return SIZES.filter((size) => !isSet(content, size)).reduce((done, size) => {
    const least = size.least(done, capacity);
    if (least === null || least.value > size.most) return done;
    return withValue(done, keysOf(size), valueFor(size, least.value));
  }, settings);
}
