/** Units: ours in the spelling of each program. */
import {
  bytes,
  cores,
  durationOf,
  goDuration,
  mebibytes,
  prometheusSize,
  quantityOf,
  seconds,
} from '../../config/units';

test.each([
  ['15s', 15],
  ['5m', 300],
  ['2h', 7200],
  ['30d', 2_592_000],
  ['1w', 604_800],
])('%s is %i seconds', (text, expected) => expect(seconds(text)).toBe(expected));

test.each([
  ['1Ki', 1024],
  ['10Gi', 10_737_418_240],
])('%s is %i bytes', (text, expected) => expect(bytes(text)).toBe(expected));

test('Go knows no days', () =>
  expect(['7d', '1w', '90m', '15s'].map(goDuration)).toEqual(['168h', '168h', '90m', '15s']));

test("Prometheus' GB is our Gi, and Go's GiB", () => {
  expect(prometheusSize('10Gi')).toBe('10GB');
  expect(prometheusSize('512Ki')).toBe('512KB');
  expect(mebibytes(bytes('1Gi') * 0.8)).toBe('819MiB');
});

test.each([
  [1, '1Mi'],
  [2 ** 20, '1Mi'],
  [2 ** 20 + 1, '2Mi'],
  [2 ** 30, '1Gi'],
  [1.5 * 2 ** 30, '1536Mi'],
  [10 * 2 ** 30, '10Gi'],
  [10 * 2 ** 30 + 1, '11Gi'],
  [2 ** 40, '1024Gi'],
])('%d bytes are %s', (count, text) => {
  expect(quantityOf(count)).toBe(text);
  expect(bytes(text)).toBeGreaterThanOrEqual(count);
});

test.each([
  [7200, '2h'],
  [5400, '90m'],
  [61, '61s'],
])('%d seconds are %s', (count, text) => {
  expect(durationOf(count)).toBe(text);
  expect(seconds(text)).toBe(count);
});

test('cores are read as Kubernetes writes them', () => expect([cores('250m'), cores('2')]).toEqual([0.25, 2]));
