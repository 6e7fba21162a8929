/** Numbers, durations and strings, as PromQL writes them. */
import { unquoted } from '../go-literals';

/** Seconds in Prometheus' units of time. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** Units from the largest to the smallest, each at most once (prometheus/common 0.69, `model.ParseDuration`). */
const PLAIN_DURATION = /^(?=.)(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/;

/** Go counts a duration in nanoseconds, in 63 bits: about 292 years. */
const MAX_SECONDS = 2 ** 63 / 1e9;

/**
 * The seconds of a duration in the form of Prometheus' files, as `1h30m` or `0`.
 * @returns undefined where Prometheus would refuse it
 */
export function plainDuration(text: string): number | undefined {
  if (text === '0') return 0;
  if (!PLAIN_DURATION.test(text)) return undefined;
  const seconds = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? Number.NaN),
    0,
  );
  return seconds < MAX_SECONDS ? seconds : undefined;
}

/** A duration in PromQL in seconds: `1h30m`, or a number of seconds; undefined where it is computed. */
export function durationSeconds(text: string): number | undefined {
  const number = numberOf(text);
  return Number.isNaN(number) ? undefined : number;
}

/** A number: decimal, hexadecimal, `Inf`, or a duration in seconds. NaN where it is none. */
export function numberOf(text: string): number {
  const plain = text.replace(/_|\s/g, '');
  if (/^[-+]?inf(inity)?$/i.test(plain)) return plain.startsWith('-') ? -Infinity : Infinity;
  const unsigned = plain.replace(/^[-+]/, '');
  const value = PLAIN_DURATION.test(unsigned) ? plainDuration(unsigned) : Number(unsigned);
  return unsigned === '' || value === undefined ? Number.NaN : value * (plain.startsWith('-') ? -1 : 1);
}

/** The text of a string literal: nothing where it is none, which is an error of syntax. */
export const textOf = (literal: string): string => unquoted(literal) ?? '';
