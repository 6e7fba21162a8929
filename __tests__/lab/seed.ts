/**
 * The seed of tests by chance: the same in each run, so that a change is what makes one fail. `LAB_SEED=42` looks elsewhere,
 * and `LAB_SEED=random` each time somewhere else.
 */
export function seedOf(): number {
  const { LAB_SEED = '20261125' } = process.env;
  return LAB_SEED === 'random' ? Date.now() : Number(LAB_SEED);
}
