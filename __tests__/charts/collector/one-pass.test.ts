import fc from 'fast-check';
import { RE2JS } from 're2js';
import { onePass } from '../../../charts/collector/one-pass';

/** Go's language of patterns too: an engine that reads RE2. */
const enginesOf = (pattern: string) => {
  const [script, go] = [new RegExp(pattern), RE2JS.compile(pattern)];
  return (text: string): readonly [boolean, boolean] => [script.test(text), go.test(text)];
};

/** What a list of alternatives would accept, without a pattern. */
const isListed = (words: readonly string[], beginnings: readonly string[], text: string): boolean =>
  words.includes(text) || beginnings.some((beginning) => text.startsWith(beginning));

/** Few letters, so that words begin with each other, and signs that mean something in a pattern. */
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'B', '.', '_', '-', '*', '$', '^', '(', '[', '\\', '|', '\n'),
  maxLength: 5,
});
const words = fc.array(text, { minLength: 1, maxLength: 8 });
const beginnings = fc.array(
  text.filter((beginning) => beginning !== ''),
  { maxLength: 4 },
);

test('it accepts what one of the words is, or begins with one of the beginnings, and nothing else', () => {
  const accepted = { yes: 0, no: 0 };
  fc.assert(
    fc.property(words, beginnings, fc.array(text, { maxLength: 8 }), text, (list, prefixes, others, end) => {
      const matches = enginesOf(onePass(list, prefixes));
      const made = [...list, ...prefixes].flatMap((word) => [
        word,
        word.slice(0, -1),
        word + end,
        end + word,
        word + word,
      ]);
      for (const candidate of [...made, ...others]) {
        const expected = isListed(list, prefixes, candidate);
        accepted[expected ? 'yes' : 'no'] += 1;
        expect({ candidate, matches: matches(candidate) }).toEqual({ candidate, matches: [expected, expected] });
      }
    }),
    { numRuns: 400, seed: 19 },
  );
  expect(accepted.yes).toBeGreaterThan(2000);
  expect(accepted.no).toBeGreaterThan(2000);
});

test.each([
  [
    'a word that begins another',
    ['get', 'getter'],
    [],
    ['get', 'getter'],
    ['ge', 'gett', 'getters', 'GET', ' get', 'get\n'],
  ],
  [
    'a beginning that begins a word',
    ['user.id', 'us'],
    ['user.'],
    ['us', 'user.', 'user.id', 'user.x\ny'],
    ['user', 'use'],
  ],
  ['a word that is a beginning', ['user.'], ['user.'], ['user.', 'user.x'], ['user']],
  ['a beginning that begins another', [], ['a.b.', 'a.'], ['a.', 'a.b', 'a.b.c'], ['a', 'ab.']],
  ['the empty word', ['', 'a'], [], ['', 'a'], ['aa', '\n']],
  [
    'signs of patterns',
    ['a.b', 'c*', '[d]'],
    ['(e|f).'],
    ['a.b', 'c*', '[d]', '(e|f).g'],
    ['axb', 'c', 'cc', 'd', 'e.', 'f.g'],
  ],
] as const)('%s', (_what, list, prefixes, accepted, rejected) => {
  const matches = enginesOf(onePass(list, prefixes));
  for (const candidate of accepted) expect([candidate, ...matches(candidate)]).toEqual([candidate, true, true]);
  for (const candidate of rejected) expect([candidate, ...matches(candidate)]).toEqual([candidate, false, false]);
});

test('no two alternatives begin with the same letter, and each ends with the text', () => {
  expect(onePass(['GET', 'PUT'], ['user.'])).toBe('^(?:GET$|PUT$|user\\.[\\s\\S]*$)');
  expect(onePass(['POST', 'PUT', 'PATCH'])).toBe('^P(?:ATCH$|OST$|UT$)');
  expect(onePass(['a', 'ab'], ['ac'])).toBe('^a(?:b$|c[\\s\\S]*$|$)');
});
