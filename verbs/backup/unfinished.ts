/** What the Lease remembers of a restore that is not finished: which data the stack is to have, decided in one place for all claims. */
import * as z from 'zod';
import type { Kubectl } from '../kubectl';
import { type Lease, patchHeld, RESTORE, readLease } from './lease';

const SCHEMA = z.object({
  /** When the backup was made. */
  backup: z.string(),
  /** The claims whose data is replaced. */
  claims: z.array(z.string()),
  /**
   * `old` until the new data is in place on each claim: after a failure all of them get the old data back. `new` from then on, until the
   * programs have started with it. `confirmed` while the old data is deleted.
   */
  data: z.enum(['old', 'new', 'confirmed']),
});

/** A restore that is not finished. */
export type Unfinished = z.output<typeof SCHEMA>;

/** The restore that a Lease remembers; null: none is unfinished. */
export function unfinishedIn(lease: Lease | null): Unfinished | null {
  const text = lease?.metadata.annotations?.[RESTORE] ?? '';
  return text === '' ? null : SCHEMA.parse(JSON.parse(text));
}

/** The restore that is not finished; null: none. */
export const unfinished = async (kubectl: Kubectl, namespace: string): Promise<Unfinished | null> =>
  unfinishedIn(await readLease(kubectl, namespace));

/**
 * Remembers it; null forgets it. Only the holder of the Lease can.
 * @throws VerbError if another command has taken the Lease over
 */
export const remember = (kubectl: Kubectl, namespace: string, restore: Unfinished | null): Promise<void> =>
  patchHeld(kubectl, namespace, [
    {
      op: 'add',
      path: `/metadata/annotations/${RESTORE.replace('/', '~1')}`,
      value: restore === null ? '' : JSON.stringify(restore),
    },
  ]);
