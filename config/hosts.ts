/** The leaf types of a configuration that name a place in a network. Each states in `x-allowed` what it takes. */
import { isIPv4 } from 'node:net';
import * as z from 'zod';
import { isMetadata } from '../lib/address-ranges';

/** A name that is an RFC 1123 label: what Kubernetes takes for namespaces and Services. At most 63 characters. */
export const dnsLabel = () =>
  z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)
    .meta({
      'x-allowed':
        'an RFC 1123 label: lower-case letters, digits and "-", at most 63 characters, first and last no "-"',
      examples: ['jan-server'],
    });

/** A host name of RFC 1123: labels with dots between. At most 253 characters. */
export const hostname = () =>
  z
    .string()
    .max(253)
    .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/)
    .refine(isWrittenAsRead, AS_READ)
    .refine(isNoMetadata, NO_METADATA)
    .meta({ 'x-allowed': 'a host name in lower case, without scheme or port', examples: ['smtp.example.com'] });

/** What ends in a number is read as an address by some programs and as a name by others: `0x7f.1`, or `2852039166` for 169.254.169.254. */
const isWrittenAsRead = (host: string): boolean => !/(^|\.)([0-9]+|0x[0-9a-f]*)$/.test(host) || isIPv4(host);
const AS_READ = { error: 'a host name, or an IPv4 address as four numbers from 0 to 255' };

/** Whether a host is no address of which a network policy shuts everyone off. */
const isNoMetadata = (host: string): boolean => (isIPv4(host) ? !isMetadata(`${host}/32`) : true);
const NO_METADATA = {
  error: 'none of the addresses at which clouds hand out credentials of the node: no policy opens them',
};

/** An IPv4 range in CIDR form. */
export const cidr = () =>
  z
    .cidrv4()
    .refine((range) => !isMetadata(range), NO_METADATA)
    .meta({ 'x-allowed': 'an IPv4 range in CIDR form', examples: ['203.0.113.0/24'] });

/**
 * An http or https URL of an outside service, with a host name, and without credentials: those belong into a Secret. Go refuses
 * control characters, and a percent sign that escapes nothing (net/url, `Parse`).
 */
export const url = () =>
  z
    .string()
    .regex(/^https?:\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(\/([^\s\p{Cc}@?#%]|%[0-9a-fA-F]{2})*)?$/u)
    .refine(hasValidPort)
    .refine((text) => isWrittenAsRead(hostIn(text)), AS_READ)
    .refine((text) => isNoMetadata(hostIn(text)), NO_METADATA)
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
