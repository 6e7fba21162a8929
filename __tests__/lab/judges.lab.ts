/** The judges of `make conformance` can say no: each gets copies of the manifests with one thing broken, and must find it. */
import { type ApiServer, startApiServer } from '../../lab/conformance/api-server';
import { FILE_JUDGES, judgeOnServer } from '../../lab/conformance/conformance';
import type { ManifestSet } from '../../lab/conformance/manifests';
import { type Ruling, verdictOf } from '../../lab/conformance/verdicts';
import { type Break, brokenCopy } from './broken';
import { BROKEN_FILES, BROKEN_ON_SERVER } from './cases';

const problemsIn = ({ judgements }: Ruling): string =>
  judgements.flatMap(({ subject, problem }) => (problem === null ? [] : [`${subject}: ${problem}`])).join('\n');

/** Judges a broken copy. */
async function judged(
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

/** As `make conformance` does it: a judge that throws has failed. */
const failure = async (judge: () => Promise<readonly Ruling[]>): Promise<string> => {
  try {
    const rulings = await judge();
    expect(rulings.map(verdictOf)).toContain('FAILED');
    return rulings.map(problemsIn).join('\n');
  } catch (error) {
    return (error as Error).message;
  }
};

test('every judge has a case', () => {
  expect(Object.keys(BROKEN_FILES)).toEqual(Object.keys(FILE_JUDGES));
});

describe.each(Object.entries(FILE_JUDGES))('%s', (name, judge) => {
  test.each(BROKEN_FILES[name] ?? [])('says no to %s', async (_what, change, problem) => {
    expect(await failure(() => judged(change, async (set) => [await judge(set)]))).toMatch(problem);
  });

  test('fails where there is nothing to judge', async () => {
    const text = await failure(() =>
      judged(
        () => [],
        async (set) => [await judge(set)],
      ),
    );
    expect(text).not.toMatch(/NOT JUDGED/);
  });
});

describe('the API server', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
  });
  afterAll(() => server.stop());
  const judge = async (set: ManifestSet) => (await judgeOnServer(set, server.kubectl)).map(({ ruling }) => ruling);

  test('says yes to the manifests', async () => {
    expect((await judged(() => undefined, judge)).map(verdictOf)).toEqual(['passed', 'passed']);
  });

  test.each(BROKEN_ON_SERVER)('says no to %s', async (_what, change, problem) => {
    expect(await failure(() => judged(change, judge))).toMatch(problem);
  });
});
