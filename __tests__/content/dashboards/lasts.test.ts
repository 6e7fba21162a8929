import { whileItLasts } from '../../../content/dashboards/render/lasts';
import { parsePromql } from '../../../promql/parse';

/** A stat with a line behind it asks for a range, and must not show what has ended. */
test.each([
  ['sum(up)', '(sum(up)) and (sum(up @ end()))'],
  ['sum by (a) (rate(x_total{b="c"}[$__rate_interval]))', 'rate(x_total{b="c"}[$__rate_interval] @ end())'],
  ['up offset 1h', '(up offset 1h) and (up @ end() offset 1h)'],
  ['max_over_time(up[1h:5m])', '(max_over_time(up[1h:5m] @ end()))'],
  ['a / on (b) c', '(a / on (b) c) and (a @ end() / on (b) c @ end())'],
])('%s is asked for at the end too', (expr, expected) => {
  const lasting = whileItLasts(expr);
  expect(lasting).toContain(expected);
  expect(parsePromql(lasting, true).ok).toBe(true);
});
