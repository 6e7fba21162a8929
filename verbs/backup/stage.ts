/** The copy on a claim, until it is read. */
import type { Helper } from './helper';
import { CLEAN } from './scripts';

/** The longest time for removing it, in milliseconds: a program may be stopped meanwhile. */
const CLEAN_MS = 10_000;

/** Removes what was collected, also after Ctrl-C. What cannot be removed now, the next backup removes. */
export const clean = async (helper: Helper): Promise<void> => {
  await helper.run(CLEAN, { signal: AbortSignal.timeout(CLEAN_MS) }).catch(() => undefined);
};
