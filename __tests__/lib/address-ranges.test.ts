/** Ranges that are opened, without the addresses at which clouds hand out credentials. */
import { exceptionsOf, isMetadata } from '../../lib/address-ranges';

test.each([
  ['0.0.0.0/0', ['169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32']],
  ['::/0', ['fd00:ec2::254/128', 'fe80::/10']],
  ['169.0.0.0/8', ['169.254.0.0/16']],
  ['100.64.0.0/10', ['100.100.100.200/32']],
  ['168.63.129.0/24', ['168.63.129.16/32']],
  ['fd00::/8', ['fd00:ec2::254/128']],
  ['10.0.0.0/8', []],
  ['168.63.130.0/24', []],
])('%s is opened without %j', (range, exceptions) => {
  expect(exceptionsOf(range)).toEqual(exceptions);
  expect(isMetadata(range)).toBe(false);
});

test.each(['169.254.169.254/32', '169.254.0.0/16', '169.254.128.0/17', 'fd00:ec2::254/128', 'fe80::1/128'])(
  '%s is never opened',
  (range) => expect(isMetadata(range)).toBe(true),
);
