import { columns } from '../../../verbs/columns';
import { resultRows } from '../../../verbs/query/result';

test('a vector: the name first, then the labels in order, an absent label empty', () => {
  const rows = resultRows({
    resultType: 'vector',
    result: [
      { metric: { job: 'a', __name__: 'up' }, value: [1, '1'] },
      { metric: { instance: 'x' }, value: [1, 'NaN'] },
    ],
  });
  expect(columns(rows)).toEqual([
    'metric  instance  job  value',
    'up                a    1',
    '        x              NaN',
  ]);
});

test('a result of any size', () => {
  const rows = Array.from({ length: 300_000 }, (_, index) => [`${index}`, 'x']);
  expect(columns(rows).at(1)).toBe('1       x');
  expect(columns(rows)).toHaveLength(300_000);
});

test('a matrix has a row for each sample, with its time', () => {
  const result = [
    {
      metric: {},
      values: [
        [0, '1'],
        [1.5, '2'],
      ] as const,
    },
  ];
  expect(resultRows({ resultType: 'matrix', result })).toEqual([
    ['time', 'value'],
    ['1970-01-01T00:00:00.000Z', '1'],
    ['1970-01-01T00:00:01.500Z', '2'],
  ]);
});

test('a native histogram, a scalar, a string, and nothing', () => {
  const histogram = [0, { count: '3', sum: '1.5' }] as const;
  expect(resultRows({ resultType: 'vector', result: [{ metric: {}, histogram }] })).toEqual([
    ['value'],
    ['count 3, sum 1.5'],
  ]);
  expect(resultRows({ resultType: 'scalar', result: [0, '4'] })).toEqual([['value'], ['4']]);
  expect(resultRows({ resultType: 'string', result: [0, 'a'] })).toEqual([['value'], ['a']]);
  expect(resultRows({ resultType: 'vector', result: [] })).toEqual([]);
  expect(columns([])).toEqual([]);
});
