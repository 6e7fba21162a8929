import fc from 'fast-check';
import { exitReason, nextDelay, Outages } from '../../verbs/outages';

const RESET = 'E1125 portforward.go:404] read: connection reset by peer\nerror: lost connection to pod';

test('a forward that was stable is begun again at once; one that keeps ending waits longer and longer, to a bound', () => {
  expect(nextDelay(null, 5)).toBe(0);
  const delays = [0, 1, 2, 3, 4, 5, 6, 7].reduce<number[]>((all) => [...all, nextDelay(all.at(-1) ?? null, 100)], []);
  expect(delays).toEqual([0, 250, 500, 1000, 2000, 4000, 8000, 8000]);
  expect(nextDelay(8000, 60_000)).toBe(0);
});

test('a short outage is one line, with the time and the reason', () => {
  const outages = new Outages(4318, 'otel-collector');
  const at = new Date(2026, 0, 1, 14, 3, 7).getTime();
  expect(outages.up(at - 5000)).toBeNull();
  expect(outages.down(at - 400, exitReason(RESET))).toBeNull();
  expect(outages.up(at)).toBe(
    '14:03:07  port 4318 is forwarded to otel-collector again, after 0.4 s (a connection was reset, for example by a request that is too large: lost connection to pod)',
  );
});

test('a long one is two lines, and one more for each new reason', () => {
  const outages = new Outages(4318, 'otel-collector');
  const lines = [
    outages.down(0, 'lost connection to pod'),
    outages.down(1000, 'no pod is ready'),
    outages.down(2000, 'no pod is ready'),
    outages.down(3000, 'no pod is ready'),
    outages.down(9000, 'the port is in use by another program'),
    outages.up(10_000),
  ].filter((line) => line !== null);
  expect(lines).toEqual([
    expect.stringMatching(/port 4318 is not forwarded to otel-collector: no pod is ready; retrying$/),
    expect.stringMatching(/is not forwarded to otel-collector: the port is in use by another program; retrying$/),
    expect.stringMatching(/is forwarded to otel-collector again, after 10\.0 s \(lost connection to pod\)$/),
  ]);
});

test('however often a port goes down and up, there is no more than one line a minute of short outages, and each is counted', () => {
  const gaps = fc.array(
    fc.record({ down: fc.integer({ min: 0, max: 1999 }), up: fc.integer({ min: 0, max: 30_000 }) }),
  );
  fc.assert(
    fc.property(gaps, (outagesOfPort) => {
      const outages = new Outages(4318, 'otel-collector');
      let now = 0;
      const lines = outagesOfPort.flatMap(({ down, up }) => {
        now += up;
        const first = outages.down(now, 'x');
        now += down;
        const second = outages.up(now);
        return [first, second].flatMap((line) => (line === null ? [] : [{ at: now, line }]));
      });
      for (const [index, { at }] of lines.slice(1).entries())
        expect(at - (lines[index]?.at ?? 0)).toBeGreaterThanOrEqual(60_000);
      const counted = lines.reduce((sum, { line }) => sum + 1 + Number(/and (\d+) times/.exec(line)?.[1] ?? 0), 0);
      expect(counted).toBeLessThanOrEqual(outagesOfPort.length);
      if (outagesOfPort.length > 0) expect(lines.length).toBeGreaterThan(0);
    }),
  );
});

test.each([
  ['', 'kubectl exited'],
  ['error: lost connection to pod', 'lost connection to pod'],
  ['error: timed out waiting for the condition\n', 'timed out waiting for the condition'],
  [
    'Unable to listen: bind: address already in use\nerror: unable to listen on any',
    'the port is in use by another program',
  ],
])('the reason in %j', (complaint, reason) => expect(exitReason(complaint)).toBe(reason));
