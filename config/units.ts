/**
 * The leaf types of a configuration: values with a unit, a format and bounds. Each has a description of valid values (`x-allowed`) and an
 * example; `docs/configuration.md` and the error messages show both.
 */
import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { isMetadata } from '../lib/address-ranges';
import { CONTROL } from './texts';

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

/** An RFC 1123 label: the form of names of namespaces and Services. At most 63 characters. */
export const dnsLabel = () =>
  z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)
    .meta({
      'x-allowed':
        'an RFC 1123 label: lower-case letters, digits and "-", at most 63 characters, first and last no "-"',
      examples: ['jan-server'],
    });

/** An RFC 1123 host name: labels separated by dots. At most 253 characters. */
export const hostname = () =>
  z
    .string()
    .max(253)
    .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/)
    .refine(isUnambiguous, UNAMBIGUOUS)
    .refine(isNotMetadata, NOT_METADATA)
    .meta({ 'x-allowed': 'a host name in lower case, without scheme or port', examples: ['smtp.example.com'] });

/** A host that ends in a number is an address for some programs and a name for others: `0x7f.1`, or `2852039166` for 169.254.169.254. */
const isUnambiguous = (host: string): boolean => !/(^|\.)([0-9]+|0x[0-9a-f]*)$/.test(host) || isIPv4(host);
const UNAMBIGUOUS = { error: 'a host name, or an IPv4 address as four numbers from 0 to 255' };

/** Whether a host is not a metadata address, to which the NetworkPolicies never allow traffic. */
const isNotMetadata = (host: string): boolean => (isIPv4(host) ? !isMetadata(`${host}/32`) : true);
const NOT_METADATA = {
  error: 'not a metadata address, where clouds serve credentials of the node: no NetworkPolicy allows traffic there',
};

/** An IPv4 range in CIDR form. */
export const cidr = () =>
  z
    .cidrv4()
    .refine((range) => !isMetadata(range), NOT_METADATA)
    .meta({ 'x-allowed': 'an IPv4 range in CIDR form', examples: ['203.0.113.0/24'] });

/**
 * An http or https URL of an outside service, with a host name, and without credentials: these belong in a Secret. Go rejects
 * control characters and invalid percent escapes (net/url, `Parse`).
 */
export const url = () =>
  z
    .string()
    .regex(/^https?:\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(\/([^\s\p{Cc}@?#%]|%[0-9a-fA-F]{2})*)?$/u)
    .refine(hasValidPort)
    .refine((text) => isUnambiguous(hostIn(text)), UNAMBIGUOUS)
    .refine((text) => isNotMetadata(hostIn(text)), NOT_METADATA)
    .meta({
      'x-allowed':
        'an http:// or https:// URL with a lower-case host, each % with two hexadecimal digits, and without credentials, query or fragment',
      examples: ['https://metrics.example.com/api/v1/push'],
    });

/** The host of a URL, without normalizing it. */
const hostIn = (text: string): string => /^https?:\/\/([^:/]*)/.exec(text)?.[1] ?? '';

function hasValidPort(value: string): boolean {
  return URL.canParse(value) && new URL(value).port !== '0';
}

/** One line of text for labels, arguments and configurations, without characters that have a special meaning there. */
export const line = (max: number) =>
  z
    .string()
    .regex(new RegExp(`^[^\\s"'\`$;#\\\\]([^\\n\\r"'\`$;#\\\\]{0,${max - 2}}[^\\s"'\`$;#\\\\])?$`))
    .refine((text) => !CONTROL.test(text))
    .meta({
      'x-allowed': `one line of text, at most ${max} characters, without quotes or any of $ ; # \\`,
      examples: ['jan'],
    });

/** Any text of one line, without leading or trailing blanks: for files in which every such text can be quoted or escaped. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\s\p{Cc}]([^\p{Cc}\u2028\u2029]*[^\s\p{Cc}])?$/u)
    .meta({
      'x-allowed': `one line of text, at most ${max} characters, without leading or trailing blanks`,
      examples: ['On call (level 1)'],
    });

/**
 * References that Grafana replaces in its settings file, and that cannot be escaped: to variables and files
 * (grafana/grafana, pkg/setting/expanders.go), and to other keys (gopkg.in/ini.v1, key.go).
 */
export const INI_REFERENCE = /\$(__\w+)?\{[^}]+\}|%\([^)]+\)s/;

/** A text without such references. */
export const WITHOUT_INI_REFERENCE = new RegExp(`^(?!.*(${INI_REFERENCE.source}))`);

/** Such text, for Grafana's settings file. */
export const iniText = (max: number) =>
  text(max)
    .regex(WITHOUT_INI_REFERENCE)
    .meta({
      'x-allowed': `one line of text, at most ${max} characters, without leading or trailing blanks, and without \${…}, $__file{…} or %(…)s`,
      examples: ['EXAMPLE\\grafana'],
    });

/** A key of a Secret that exists in the stack's namespace. Only its name is ever written; the value is mounted as a file. */
export const secretKey = () =>
  z
    .strictObject({
      name: z
        .string()
        .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/)
        .meta({ 'x-allowed': "the Secret's name", examples: ['smtp-credentials'] }),
      key: z
        .string()
        .regex(/^[-._a-zA-Z0-9]{1,253}$/)
        .meta({ 'x-allowed': 'the key inside that Secret', examples: ['password'] }),
    })
    .meta({
      'x-allowed': 'a key of an existing Secret: {name, key}',
      examples: [{ name: 'smtp-credentials', key: 'password' }],
    });

/** A key of an existing Secret. */
export type SecretKey = z.output<ReturnType<typeof secretKey>>;
