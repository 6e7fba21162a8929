/** The judges of `make conformance` can say no: each gets copies of the manifests with one thing broken, and must find it. */
import { FILE_JUDGES } from '../../../lab/conformance/conformance';
import { BROKEN_FILES } from './cases';
import { failure, judged } from './judging';

test('every judge has a case', () => {
  expect(Object.keys(BROKEN_FILES)).toEqual(Object.keys(FILE_JUDGES));
});

describe.each(Object.entries(FILE_JUDGES))('%s', (name, judge) => {
  test.each(BROKEN_FILES[name] ?? [])('says no to %s', async (_what, change, problem) => {
    expect(await failure(() => judged(change, async (set) => [await judge(set)]))).toMatch(problem);
  });

  test('fails where it finds nothing to judge', async () => {
    const text = await failure(() =>
      judged(
        () => [],
        async (set) => [await judge(set)],
      ),
    );
    expect(text).not.toMatch(/NOT JUDGED/);
  });
});
