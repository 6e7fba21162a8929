/** F14 judges how much is left. */
import { unmetOf, withinRecord } from '../../../lab/faults/stores/prometheus-wal';

const acked = Array.from({ length: 1000 }, (_, index) => `${index}`);
const damage = (stored: number) => ({
  ...{ what: 'cut off', share: 0.6, corruptions: 1, accepts: true },
  acked,
  found: acked.slice(0, stored),
});

test.each([550, 600, 700])('%d of 1000 before a damage at 60 %% are right', (stored) =>
  expect(unmetOf(damage(stored))).toEqual([]),
);

test.each([0, 1, 400])('%d of 1000 are too few', (stored) =>
  expect(unmetOf(damage(stored))).toEqual(['not met: cut off: samples before the damage are there']),
);

test('samples behind the damage are not there where others are lost', () =>
  expect(unmetOf({ ...damage(600), found: [...acked.slice(0, 550), ...acked.slice(900)] })).toEqual([
    'not met: cut off: only samples behind the damage are lost',
  ]));

describe('a log is cut off within a record', () => {
  const PAGE = 32 * 1024;
  /** Two pages: records of 100 bytes besides their headers, and an empty rest. */
  const segment = Buffer.alloc(2 * PAGE);
  const starts = [0, 107, 214, PAGE, PAGE + 107];
  for (const start of starts) {
    segment[start] = 1;
    segment.writeUInt16BE(100, start + 1);
  }
  test.each([
    [0, 57],
    [106, 57],
    // Between two records.
    [107, 164],
    // In the empty rest of a page.
    [20_000, 271],
    [PAGE, PAGE + 57],
    [2 * PAGE - 1, PAGE + 164],
  ])('%d becomes %d', (offset, cut) => expect(withinRecord(segment, offset)).toBe(cut));
});
