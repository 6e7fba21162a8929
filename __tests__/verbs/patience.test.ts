import { KubectlError } from '../../verbs/kubectl-error';
import { Patience } from '../../verbs/patience';

const away = new KubectlError(['get'], 'The connection to the server was refused');
const failing = (error: Error) => () => Promise.reject(error);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());
const later = (seconds: number) => jest.setSystemTime(Date.now() + seconds * 1000);

test('an API server may be away for half a minute, again and again', async () => {
  const patience = new Patience();
  for (let round = 0; round < 3; round += 1) {
    later(29);
    expect(await patience.read(failing(away))).toBeNull();
    expect(await patience.read(() => Promise.resolve(round))).toBe(round);
  }
  later(31);
  await expect(patience.read(failing(away))).rejects.toBe(away);
});

test('another failure is one at once', async () => {
  const forbidden = new KubectlError(['get'], 'Error from server (Forbidden): jobs is forbidden: no');
  await expect(new Patience().read(failing(forbidden))).rejects.toBe(forbidden);
});

test('it waits for an answer, until the signal is aborted', async () => {
  jest.useRealTimers();
  const answers = [failing(away), () => Promise.resolve('there')];
  const stop = new AbortController();
  const patience = new Patience();
  expect(await patience.untilRead(() => (answers.shift() ?? failing(away))(), stop.signal)).toBe('there');
  setTimeout(() => stop.abort(), 100);
  const waiting = patience.untilRead(failing(away), stop.signal);
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});
