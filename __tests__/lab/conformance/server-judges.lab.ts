/** The judges that ask an API server can say no too. */
import { type ApiServer, startApiServer } from '../../../lab/conformance/api-server';
import { judgeOnServer } from '../../../lab/conformance/conformance';
import type { ManifestSet } from '../../../lab/conformance/manifests';
import { verdictOf } from '../../../lab/conformance/verdicts';
import { failure, judged } from './judging';
import { BROKEN_ON_SERVER } from './server-cases';

let server: ApiServer;
beforeAll(async () => {
  server = await startApiServer();
});
afterAll(() => server.stop());

const judge = async (set: ManifestSet) => (await judgeOnServer(set, server.kubectl)).map(({ ruling }) => ruling);

test('it says yes to the manifests', async () => {
  expect((await judged(() => undefined, judge)).map(verdictOf)).toEqual(['passed', 'passed']);
});

test.each(BROKEN_ON_SERVER)('it says no to %s', async (_what, change, problem) => {
  expect(await failure(() => judged(change, judge))).toMatch(problem);
});
