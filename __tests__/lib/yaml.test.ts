import fc from 'fast-check';
import { parse } from 'yaml';
import { writeYaml } from '../../lib/yaml';
import { anyDocument, ODD_TEXTS } from './texts';

const SEED = 20261125;

test.each(['1.1', '1.2'] as const)('what is written is what a reader of YAML %s reads', (version) => {
  const property = fc.property(anyDocument, (content) => {
    expect(parse(writeYaml(content), { version, maxAliasCount: 0 })).toEqual(content);
  });
  fc.assert(property, { numRuns: 3000, seed: SEED });
});

test.each(ODD_TEXTS)('%j as a value, a key, and in a list', (text) => {
  const content = { value: text, [text]: 1, list: [text, { [text]: text }] };
  for (const version of ['1.1', '1.2'] as const) expect(parse(writeYaml(content), { version })).toEqual(content);
});

test('no line breaks but line feeds, and nothing that is not printable', () => {
  fc.assert(
    fc.property(anyDocument, (content) => {
      expect(writeYaml(content)).not.toMatch(/(?![\t\n])[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u);
    }),
    { numRuns: 1000, seed: SEED },
  );
});

test('half of a surrogate pair is no text', () => {
  expect(() => writeYaml({ a: 'x\ud800' })).toThrow(/surrogate/);
  expect(() => writeYaml({ '\udc00': 1 })).toThrow(/surrogate/);
});

test('several documents', () => expect(writeYaml({ a: 1 }, { b: 2 })).toBe('a: 1\n---\nb: 2\n'));
