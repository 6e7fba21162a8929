import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { writeYaml } from '../../lib/yaml';
import { anyDocument, anyDocumentOf, anyText, ODD_TEXTS } from './texts';

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

describe('the layout is that of the library', () => {
  const byTheLibrary = (content: unknown) =>
    stringify(content, {
      version: '1.1',
      aliasDuplicateObjects: false,
      lineWidth: 0,
      doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
    });
  const isSame = (content: unknown) => writeYaml(content) === byTheLibrary(content);
  /** A text that the library, too, writes so that every reader reads it. */
  const text = anyText.filter(
    (one) => isSame({ a: { b: one } }) && isSame({ [one]: 1 }) && isSame({ a: { [one]: 1 } }),
  );

  test('of any document', () => {
    let compared = 0;
    const property = fc.property(anyDocumentOf(text), (content) => {
      compared += JSON.stringify(content).length;
      expect(writeYaml(content)).toBe(byTheLibrary(content));
    });
    fc.assert(property, { numRuns: 1000, seed: SEED });
    expect(compared).toBeGreaterThan(20_000);
  });

  test.each([
    [{}],
    [[]],
    ['a text'],
    ['two\nlines\n'],
    [null],
    [-0],
    [1e21],
    [0.5],
    [Number.NaN],
    [Number.NEGATIVE_INFINITY],
    [{ a: { b: undefined }, c: undefined, d: [undefined, [], {}, [[1]], [{ e: 1, f: [2] }]] }],
    [{ ['k'.repeat(1024)]: [1], ['l'.repeat(1025)]: [1], ['m'.repeat(1025)]: { a: 1, b: 2 }, ['n'.repeat(1025)]: [] }],
  ])('of special cases: %#', (content) => expect(writeYaml(content)).toBe(byTheLibrary(content)));
});

test('only plain data', () => {
  expect(() => writeYaml({ at: new Date(0) })).toThrow(/plain data/);
  expect(() => writeYaml([new Map()])).toThrow(/plain data/);
  expect(() => writeYaml({ run: () => 1 })).toThrow(/plain data/);
  expect(() => writeYaml([1n])).toThrow(/plain data/);
});
