import { makeMissing, parseSilences } from '../../../verbs/backup/silences';

const silence = (comment: string, hours: number) => ({
  matchers: [{ name: 'alertname', value: 'Watched', isRegex: false, isEqual: true }],
  startsAt: '2026-11-26T10:00:00.000Z',
  endsAt: new Date(Date.now() + hours * 3_600_000).toISOString(),
  createdBy: 'ada',
  comment,
});

/** An Alertmanager that has some silences and refuses others by their comment. */
function alertmanager(has: readonly object[], refuses: readonly string[]) {
  const posted: unknown[] = [];
  const ask = (_path: string, body?: object) => {
    if (body === undefined) return Promise.resolve(JSON.stringify(has));
    const { comment } = body as { comment: string };
    if (refuses.includes(comment)) return Promise.reject(new Error('/api/v2/silences answered 400: bad matcher'));
    posted.push(body);
    return Promise.resolve('{}');
  };
  return { ask, posted };
}
const signal = new AbortController().signal;

test('one that is refused does not keep the others from being made', async () => {
  const there = { ...silence('there', 5), id: '1', updatedAt: 'now', status: { state: 'active' } };
  const { ask, posted } = alertmanager([there], ['refused']);
  const given = [
    silence('refused', 1),
    silence('made', 1),
    parseSilences(JSON.stringify([there]))[0] ?? silence('', 0),
    silence('over', -1),
  ];
  expect(await makeMissing(ask, given, signal)).toEqual({
    made: 1,
    there: 1,
    over: 1,
    refused: ['refused: /api/v2/silences answered 400: bad matcher'],
  });
  expect(posted).toMatchObject([{ comment: 'made' }]);
});

test('fields of later versions are kept', async () => {
  const { ask, posted } = alertmanager([], []);
  const given = parseSilences(JSON.stringify([{ ...silence('annotated', 1), annotations: { ticket: 'OPS-1' } }]));
  await makeMissing(ask, given, signal);
  expect(posted).toMatchObject([{ comment: 'annotated', annotations: { ticket: 'OPS-1' } }]);
});
