/** Address ranges that the stack's pods may never reach, whatever the configuration. */
import { BlockList, type IPVersion, isIPv6 } from 'node:net';

/**
 * Addresses at which clouds hand out credentials of the node. 169.254.0.0/16 and fe80::/10 are link-local (AWS, Google Cloud,
 * Azure, OpenStack), 100.100.100.200 is Alibaba Cloud's, 168.63.129.16 is Azure's platform address, fd00:ec2::254 is AWS' over IPv6.
 */
const METADATA = ['169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32', 'fd00:ec2::254/128', 'fe80::/10'];

interface Range {
  readonly address: string;
  readonly length: number;
  readonly family: IPVersion;
}

function rangeOf(cidr: string): Range {
  const [address = '', length] = cidr.split('/');
  return { address, length: Number(length), family: isIPv6(address) ? 'ipv6' : 'ipv4' };
}

/** Whether the outer range contains every address of the inner one. */
function contains(outer: string, inner: string): boolean {
  const [whole, part] = [rangeOf(outer), rangeOf(inner)];
  if (whole.family !== part.family || whole.length > part.length) return false;
  const list = new BlockList();
  list.addSubnet(whole.address, whole.length, whole.family);
  return list.check(part.address, part.family);
}

/** The forbidden ranges inside a range, for the `except` of an `ipBlock`. */
export const exceptionsOf = (cidr: string): string[] => METADATA.filter((metadata) => contains(cidr, metadata));

/** Whether a range contains only forbidden addresses. */
export const isMetadata = (cidr: string): boolean => METADATA.some((metadata) => contains(metadata, cidr));
