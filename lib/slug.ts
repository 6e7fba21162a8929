import { createHash } from 'node:crypto';

/**
 * A name of lower-case letters, digits and dashes made from any text, at most 40 characters. Where the text had to be changed, a
 * few digits of its hash are added, so that two texts never become one name.
 */
export function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replace(/^-+|-+$/g, '');
  if (plain === text) return plain;
  const digits = createHash('sha256').update(text).digest('hex').slice(0, 6);
  return plain === '' ? `x-${digits}` : `${plain}-${digits}`;
}
