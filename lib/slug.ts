import { createHash } from 'node:crypto';

/**
 * Converts any text to a name of lower-case letters, digits and dashes, at most 40 characters. If the text had to be changed, digits of its
 * hash are added, so that different texts get different names.
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
