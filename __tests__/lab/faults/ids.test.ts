import { countsOf } from '../../../lab/faults/ids';
import { randomOf } from '../../../lab/faults/random';

test('acknowledged ids are stored or lost; what was not acknowledged was refused, whether it is stored or not', () =>
  expect(countsOf({ offered: ['a', 'b', 'c', 'd'], acked: ['a', 'b'], found: ['b', 'b', 'c'] })).toEqual({
    ...{ offered: 4, acked: 2, stored: 1, refused: 2, duplicated: 1, lost: 1 },
  }));

test('random numbers repeat with the seed and the name, and lie between 0 and 1', () => {
  const draw = (seed: number, name: string) => Array.from({ length: 100 }, randomOf(seed, name));
  expect(draw(1, 'F2')).toEqual(draw(1, 'F2'));
  expect(draw(1, 'F2')).not.toEqual(draw(2, 'F2'));
  expect(draw(1, 'F2')).not.toEqual(draw(1, 'F9'));
  expect(draw(1, 'F2').every((number) => number >= 0 && number < 1)).toBe(true);
  expect(new Set(draw(1, 'F2')).size).toBe(100);
});
