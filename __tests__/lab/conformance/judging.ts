/** Lets judges at broken copies of the manifests. */
import type { ManifestSet } from '../../../lab/conformance/manifests';
import { type Ruling, verdictOf } from '../../../lab/conformance/verdicts';
import { type Break, brokenCopy } from './broken';

const problemsIn = ({ judgements }: Ruling): string =>
  judgements.flatMap(({ subject, problem }) => (problem === null ? [] : [`${subject}: ${problem}`])).join('\n');

/** Judges a broken copy. */
export async function judged(
  change: Break,
  judge: (set: ManifestSet) => Promise<readonly Ruling[]>,
): Promise<readonly Ruling[]> {
  const { set, remove } = brokenCopy('development', change);
  try {
    return await judge(set);
  } finally {
    remove();
  }
}

/** What judges say who must say no. As in `make conformance`, a judge that throws has failed. */
export async function failure(judge: () => Promise<readonly Ruling[]>): Promise<string> {
  let rulings: readonly Ruling[];
  try {
    rulings = await judge();
  } catch (error) {
    return (error as Error).message;
  }
  expect(rulings.map(verdictOf)).toContain('FAILED');
  return rulings.map(problemsIn).join('\n');
}
