import fc from 'fast-check';
import { checkExpression, type Finding, marked, metricNames, outputLabels } from '../../contract/check';
import { parsePromql } from '../../contract/promql/parse';
import { withoutVariables } from '../../contract/promql/variables';
import { at, SHOP } from './shop';

const PLACES = ['alert', 'record', 'panel'] as const;
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
const { expr } = fc.letrec<{ expr: string }>((tie) => ({
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

const isInside = (text: string, { from, to }: Finding) => from >= 0 && from <= to && to <= text.length;

test('an expression of the grammar is parsed, and what is told of it lies within it', () => {
  fc.assert(
    fc.property(expr, fc.constantFrom(...PLACES), fc.boolean(), (text, place, elsewhere) => {
      expect(parsePromql(text, true).ok).toBe(true);
      const findings = checkExpression(text, at(place, { elsewhere }));
      for (const finding of findings) {
        expect(isInside(text, finding)).toBe(true);
        expect(marked(text, finding)).toContain('^');
      }
      if (place === 'panel') expect(findings.map(({ rule }) => rule)).not.toContain('syntax');
      outputLabels(text, SHOP);
    }),
    { numRuns: 500 },
  );
});

test('whatever is written, nothing is thrown', () => {
  const pieces = fc.oneof(
    fc.string({ maxLength: 8 }),
    expr,
    fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '`',
      '$',
      '${',
      '[[x',
      '#',
      '\n',
      ' by ',
      ' on (',
      '5m',
      '\\',
    ),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), fc.constantFrom(...PLACES), (parts, place) => {
      const text = parts.join('');
      for (const finding of checkExpression(text, at(place))) expect(isInside(text, finding)).toBe(true);
      metricNames(text);
    }),
    { numRuns: 1000 },
  );
});

test('an expression nested without end is an error, and no overflow', () => {
  const text = `${'('.repeat(9000)}up${')'.repeat(9000)}`;
  expect(checkExpression(text, at('alert')).map(({ rule }) => rule)).toEqual(['syntax']);
});

test('what replaces a variable is as long as it', () => {
  fc.assert(
    fc.property(expr, (text) => {
      const { text: masked, variables } = withoutVariables(text);
      expect(masked).toHaveLength(text.length);
      for (const variable of variables) expect(text.slice(variable.from, variable.to)).toContain(variable.name);
    }),
  );
});

test('what does not change the meaning does not change the rules that are broken', () => {
  const rules = (text: string) =>
    checkExpression(text, at('record'))
      .map(({ rule }) => rule)
      .sort();
  const plain = expr.filter((text) => !text.includes('$'));
  fc.assert(fc.property(plain, (text) => expect(rules(` (\n${text}\n) # a comment`)).toEqual(rules(text))));
});
