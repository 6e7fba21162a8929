import fc from 'fast-check';
import { checkExpression } from '../../promql/check';
import type { Finding } from '../../promql/finding';
import { marked } from '../../promql/marked';
import { parsePromql } from '../../promql/parse';
import { metricNames, outputLabels } from '../../promql/sources';
import { withoutVariables } from '../../promql/variables';
import { expr, plainExpr } from './expressions';
import { at, SHOP } from './shop';

const PLACES = ['alert', 'record', 'panel'] as const;
const isInside = (text: string, { from, to }: Finding) => from >= 0 && from <= to && to <= text.length;

test('an expression of the grammar is parsed, and what is told of it lies within it', () => {
  fc.assert(
    fc.property(expr, fc.constantFrom(...PLACES), fc.boolean(), (text, place, thirdParty) => {
      expect(parsePromql(text, true).ok).toBe(true);
      const findings = checkExpression(text, at(place, { thirdParty }));
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
  fc.assert(fc.property(plainExpr, (text) => expect(rules(` (\n${text}\n) # a comment`)).toEqual(rules(text))));
});
