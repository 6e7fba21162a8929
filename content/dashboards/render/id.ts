import { createHash } from 'node:crypto';

/**
 * The id of a panel or a row, from 1 to 2^24: a link to a panel names its id, so it is made from the title, and stays when other
 * panels come and go.
 */
export function idOf(kind: 'panel' | 'row', title: string): number {
  return 1 + createHash('sha256').update(`${kind} ${title}`).digest().readUIntBE(0, 3);
}
