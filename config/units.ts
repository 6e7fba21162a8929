/**
 * The leaf types of a configuration: values with a unit, a format and bounds. Each states valid values in `x-allowed`, and has an
 * example; `docs/configuration.md` and the error messages show both.
 */
import * as z from 'zod';

export type { SecretKey } from '../lib/secret-key';
export * from './hosts';
export * from './text-types';

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;
const BYTES = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const;

const DURATION = /^([1-9][0-9]{0,5})(s|m|h|d|w)$/;
const QUANTITY = /^([1-9][0-9]{0,5})(Ki|Mi|Gi|Ti)$/;

/** Splits `30d` into its number and its unit's size. NaN for another format, which the schemas reject before. */
function scale(text: string, form: RegExp, units: Readonly<Record<string, number>>): number {
  const [, digits, unit] = form.exec(text) ?? [];
  return Number(digits) * (units[unit ?? ''] ?? Number.NaN);
}

/** The seconds in a duration such as `15s` or `30d`. */
export const seconds = (duration: string): number => scale(duration, DURATION, SECONDS);

/** The bytes in a quantity such as `10Gi`. */
export const bytes = (quantity: string): number => scale(quantity, QUANTITY, BYTES);

/**
 * A duration as Go's `time.ParseDuration` reads it, for the Collector and Jaeger. Go has no days or weeks, so these
 * become hours (https://pkg.go.dev/time#ParseDuration).
 */
export function goDuration(duration: string): string {
  return /[dw]$/.test(duration) ? `${seconds(duration) / 3600}h` : duration;
}

/**
 * The smallest quantity of as many bytes or more: whole mebibytes below 10Gi, and gibibytes from there on.
 * @param count at most 999999Gi
 */
export function quantityOf(count: number): string {
  const unit = count > 10 * BYTES.Gi ? BYTES.Gi : BYTES.Mi;
  const whole = Math.max(1, Math.ceil(count / unit)) * unit;
  return whole % BYTES.Gi === 0 ? `${whole / BYTES.Gi}Gi` : `${whole / BYTES.Mi}Mi`;
}

/** A duration in the largest unit of h, m and s that has no fraction. */
export const durationOf = (count: number): string => {
  if (count % SECONDS.h === 0) return `${count / SECONDS.h}h`;
  return count % SECONDS.m === 0 ? `${count / SECONDS.m}m` : `${count}s`;
};

/** The cores in a CPU request such as `250m` or `2`. */
export const cores = (text: string): number => (text.endsWith('m') ? Number(text.slice(0, -1)) / 1000 : Number(text));

/**
 * A quantity in the form of Prometheus' size settings. Prometheus' KB, MB, GB are powers of 1024
 * (https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects), so `10Gi` is `10GB`.
 */
export const prometheusSize = (quantity: string): string => quantity.replace('i', 'B');

/** A quantity in the form of Go's GOMEMLIMIT, which spells units `KiB`, `MiB` (https://pkg.go.dev/runtime). */
export const mebibytes = (count: number): string => `${Math.floor(count / 2 ** 20)}MiB`;

/** A duration with a unit, between two bounds that are included. */
export function duration(min: string, max: string) {
  const within = (value: string) => seconds(value) >= seconds(min) && seconds(value) <= seconds(max);
  return z
    .string()
    .regex(DURATION)
    .refine(within)
    .meta({
      'x-allowed': `a duration from ${min} to ${max}: a whole number and one of s, m, h, d, w`,
      examples: [min],
    });
}

/** A size in bytes with a binary unit, between two bounds that are included. */
export function quantity(min: string, max: string) {
  const within = (value: string) => bytes(value) >= bytes(min) && bytes(value) <= bytes(max);
  return z
    .string()
    .regex(QUANTITY)
    .refine(within)
    .meta({
      'x-allowed': `a size from ${min} to ${max}: a whole number and one of Ki, Mi, Gi, Ti`,
      examples: [min],
    });
}

/** CPU time as Kubernetes writes it: `250m` is a quarter of a core. */
export const cpu = () =>
  z
    .string()
    .regex(/^([1-9][0-9]{0,4}m|[1-9][0-9]{0,2})$/)
    .meta({ 'x-allowed': 'CPU as Kubernetes writes it: cores (2) as text, or thousandths (250m)', examples: ['250m'] });

/** A whole number between two bounds that are included. */
export const integer = (min: number, max: number) =>
  z
    .int()
    .min(min)
    .max(max)
    .meta({ 'x-allowed': `a whole number from ${min} to ${max}`, examples: [min] });

/** A TCP port. */
export const port = () => integer(1, 65_535);
