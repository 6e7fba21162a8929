/** The model of a change, on changes whose impact is known. */
import { type Impact, impactOf, severityOf } from '../../../verbs/changes/impact';
import { titleOf } from '../../../verbs/changes/tree';
import { type ImpactPair, PAIRS } from './pairs';

/** An impact in the words of a pair. */
const inWords = (impact: Impact): Omit<ImpactPair, 'name' | 'before' | 'after' | 'names'> => ({
  severity: severityOf(impact),
  refused: impact.refusals.map(({ after, remedy }) => `${titleOf(after)}: ${remedy}`).sort(),
  restarts: impact.restarts.map(({ workload }) => titleOf(workload)).sort(),
  risks: impact.risks.map(({ object }) => object).sort(),
  reloads: impact.reloads.map(({ workload }) => titleOf(workload)).sort(),
  grows: impact.growths.map(({ claim }) => claim),
  versions: impact.versions.map(({ after, notes }) => `${after} ${notes}`),
});

test('there are at least 25 pairs, and each has a name of its own', () => {
  expect(new Set(PAIRS.map(({ name }) => name)).size).toBe(PAIRS.length);
  expect(PAIRS.length).toBeGreaterThanOrEqual(25);
});

test.each(PAIRS)('$name', ({ name: _, before, after, names = [], ...expected }) => {
  const impact = impactOf(before(), after());
  const none = { refused: [], restarts: [], risks: [], reloads: [], grows: [], versions: [] };
  const sorted = Object.fromEntries(
    Object.entries({ ...none, ...expected }).map(([key, value]) => [
      key,
      Array.isArray(value) ? [...value].sort() : value,
    ]),
  );
  expect(inWords(impact)).toEqual(sorted);
  const found = impact.names.map(({ kind, before: was, after: is }) => `${kind} ${was ?? ''} > ${is ?? ''}`);
  expect(found).toEqual(expect.arrayContaining([...names]));
});
