/** Expressions by chance, for tests of properties. */
import fc from 'fast-check';

const name = fc.constantFrom(
  'up',
  'jan_shop_requests_total',
  'jan_shop_queue',
  'jan_shop_seconds_bucket',
  'nobody_knows',
  'jan_shop_wait',
);
const label = fc.constantFrom('job', 'instance', 'lane', 'status', 'le', 'nowhere');
const labels = fc.array(label, { maxLength: 3 }).map((names) => `(${names.join(', ')})`);
const value = fc.constantFrom('"a"', "'5..'", '"$service"', '"${lane:regex}"', '""', '`a|b`');
const matcher = fc.tuple(label, fc.constantFrom('=', '!=', '=~', '!~'), value).map((parts) => parts.join(''));
const selector = fc
  .tuple(name, fc.array(matcher, { maxLength: 2 }))
  .map(([metric, matchers]) => `${metric}{${matchers.join(', ')}}`);
const duration = fc.constantFrom('30s', '5m', '1h30m', '$__rate_interval', '${__range}', '$__interval');
const range = fc.tuple(selector, duration).map(([vector, length]) => `${vector}[${length}]`);
const operator = fc.constantFrom(
  '+',
  '-',
  '/',
  '>',
  '== bool',
  'and',
  'or',
  'unless',
  '/ on (job)',
  '* ignoring (lane) group_left (status)',
);

/** Expressions of the grammar, right or wrong: types, labels and names are not minded. */
export const { expr } = fc.letrec<{ expr: string }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    selector,
    fc.constantFrom('1', '0.95', '-Inf', 'time()', 'vector(0)', '$limit', '"text"'),
    fc
      .tuple(fc.constantFrom('rate', 'increase', 'delta', 'max_over_time', 'absent_over_time'), range)
      .map(([fn, of]) => `${fn}(${of})`),
    fc
      .tuple(fc.constantFrom('sum', 'count', 'max', 'group'), fc.constantFrom('by', 'without'), labels, tie('expr'))
      .map(([op, how, names, of]) => `${op} ${how} ${names} (${of})`),
    fc
      .tuple(fc.constantFrom('topk', 'quantile'), tie('expr'), tie('expr'))
      .map(([op, parameter, of]) => `${op}(${parameter}, ${of})`),
    fc.tuple(tie('expr'), operator, tie('expr')).map(([left, op, right]) => `(${left} ${op} ${right})`),
    fc
      .tuple(tie('expr'), duration, duration)
      .map(([of, length, step]) => `max_over_time((${of})[${length}:${step}] offset 5m)`),
    tie('expr').map((of) => `histogram_quantile(0.9, ${of})`),
    tie('expr').map((of) => `label_replace(${of}, "shop", "$1", "job", "(.*)")`),
    tie('expr').map((of) => `-absent(${of})`),
  ),
}));

/** The same without Grafana's variables, which are no PromQL. */
export const plainExpr = expr.filter((text) => !/\$(\{|__|service|limit)/.test(text));
