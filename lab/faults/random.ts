/** Random moments that can be repeated. */
import { createHash } from 'node:crypto';

/**
 * Numbers from 0 to 1, without 1. The same seed and name give the same numbers.
 * @param name of the experiment, so that two of them do not draw the same
 */
export function randomOf(seed: number, name: string): () => number {
  let drawn = 0;
  return () => {
    const digest = createHash('sha256').update(`${seed} ${name} ${drawn++}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  };
}
