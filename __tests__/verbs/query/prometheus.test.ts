import { queryProblem } from '../../../verbs/query/prometheus';

const refused = (error: string) => ({ status: 'error', errorType: 'bad_data', error }) as const;

test('a parse error marks its place, in its line', () => {
  const expression = 'sum(\n  rate(up)\n)';
  const { what } = queryProblem(expression, refused('invalid parameter "query": 2:8: parse error: expected a range'));
  expect(what).toBe('Prometheus: 2:8: parse error: expected a range (bad_data)\n    rate(up)\n         ^');
});

test('another error has no place', () => {
  const { what } = queryProblem('up', refused('query timed out'));
  expect(what).toBe('Prometheus: query timed out (bad_data)');
});
