/** IP addresses in a text. */
import { isIPv4, isIPv6 } from 'node:net';

const V4 = /(?<![A-Za-z0-9.])(?:\d{1,3}\.){3}\d{1,3}(?![A-Za-z0-9]|\.\d)/g;
const V6 = /(?<![\w:.])[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:[0-9A-Fa-f.:]*(?:%\w+)?(?![\w:])/g;
/** In names of hosts and of pods: `ip-10-0-0-1.internal`, `10-0-0-1.shop.pod.cluster.local`. */
const DASHED = /(?:(?<=\bip-)|(?<![\w-])(?=\d+-\d+-\d+-\d+\.[\w-]+\.pod\b))\d{1,3}(?:-\d{1,3}){3}(?!\d)/g;

/** Addresses that are the same everywhere: loopback, unspecified, link-local (metadata services and DNS caches of nodes). */
const EVERYWHERE = /^(?:127\.|0\.0\.0\.0$|169\.254\.|255\.255\.255\.255$|::1?$|fe80:)/i;

/**
 * Replaces addresses.
 * @param name what stands for an address
 */
export const replaceAddresses = (text: string, name: (address: string) => string): string =>
  text
    .replace(DASHED, (found) => {
      const address = found.replaceAll('-', '.');
      return isIPv4(address) ? name(address) : found;
    })
    .replace(V4, (found) => (isIPv4(found) && !EVERYWHERE.test(found) ? name(found) : found))
    .replace(V6, (found) => (isAddress(found) && !EVERYWHERE.test(found) ? name(found) : found));

/** A time or a hash has colons too; `::` alone is an operator of many languages. */
const isAddress = (text: string): boolean => isIPv6(text) && /[0-9A-Fa-f]/.test(text);
