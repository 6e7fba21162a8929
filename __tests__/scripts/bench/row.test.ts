import { limited, lineOf, notMeasured, plain } from '../../../scripts/bench/row';

test('a figure at its limit meets the goal, and one above it misses it', () => {
  expect(limited('render', 2, 'times', 2)).toMatchObject({ met: true, goal: '<= 2' });
  expect(limited('render', 2.0001, 'times', 2)).toMatchObject({ met: false });
  expect(lineOf(limited('render', 3, 'times', 2))).toMatch(/^render +3 times +<= 2 +MISSED\n$/);
  expect(lineOf(limited('render', 1, 'times', 2))).toMatch(/ met\n$/);
});

test('a figure without a goal is neither', () => {
  expect(lineOf(plain('memory', 12.34567, 'MiB'))).toMatch(/^memory +12\.346 MiB\n$/);
});

test('what was not measured says so, and why', () => {
  const row = notMeasured('helm', 'no chart');
  expect(row.met).toBeNull();
  expect(lineOf(row)).toMatch(/NOT MEASURED: no chart\n$/);
});
