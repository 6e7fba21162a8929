import { line, nowLine, rowOf } from '../../../scripts/bench/capacity-table';
import { lineOf } from '../../../scripts/bench/row';

const comparison = (predicted: number) => ({ what: 'a queue', unit: 'MB', predicted, measured: 100 });

test('a prediction within a quarter of what was measured is met', () => {
  expect(rowOf(comparison(125))).toMatchObject({ value: 25, met: true });
  expect(rowOf(comparison(75))).toMatchObject({ value: 25, met: true });
});

test('one beyond it is missed', () => {
  expect(lineOf(rowOf(comparison(126)))).toMatch(/predicted 126 MB, measured 100 MB, error +26 % +<= 25 +MISSED/);
  expect(rowOf(comparison(74)).met).toBe(false);
});

test('a coefficient is printed beside the one of the file', () =>
  expect(nowLine({ name: 'queueFile', value: 1.23456 })).toMatch(/^queueFile +[\d.]+ times, now 1\.235 times$/));

test('the line through two points', () => {
  expect(
    line([
      [10, 120],
      [40, 180],
    ]),
  ).toEqual({ slope: 2, start: 100 });
});
