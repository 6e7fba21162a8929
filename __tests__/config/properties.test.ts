import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { ConfigError } from '../../config/problems';
import { readSettings } from '../../stack/load';
import { fixtures } from '../support';

const BASES = fixtures().map(({ text }) => text);
/** Seeded, so that a failure can be seen again. */
const SEED = 20261123;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Every path of a document, the root's left out. */
const pathsOf = (node: Json, path: (string | number)[] = []): (string | number)[][] => {
  if (typeof node !== 'object' || node === null) return [path];
  const entries: [string | number, Json][] = Array.isArray(node) ? [...node.entries()] : Object.entries(node);
  return [...(path.length > 0 ? [path] : []), ...entries.flatMap(([key, value]) => pathsOf(value, [...path, key]))];
};

const junk: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    '',
    ' ',
    0,
    -1,
    1e308,
    [],
    {},
    '15',
    '0s',
    '99999999Ti',
    'é',
    '\n',
    '__proto__',
    '${env:X}',
    '$__file{/etc/passwd}',
  ),
  fc.string({ maxLength: 40 }),
  fc.integer(),
  fc.double(),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

/** A document with one to four values replaced, removed, or put under another key. */
const mutated = fc
  .tuple(
    fc.constantFrom(...BASES),
    fc.array(
      fc.tuple(fc.nat(), fc.constantFrom('replace', 'remove', 'rename', 'add'), junk, fc.string({ maxLength: 12 })),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([base, mutations]) => {
    const document = parse(base) as Json;
    for (const [index, action, value, key] of mutations) {
      const paths = pathsOf(document);
      const path = paths[index % paths.length] ?? [];
      const last = path.at(-1);
      const parent = path
        .slice(0, -1)
        .reduce<Json>((node, part) => (node as Record<string | number, Json>)[part] as Json, document) as Record<
        string | number,
        Json
      >;
      if (last === undefined || typeof parent !== 'object' || parent === null) continue;
      if (action === 'replace') parent[last] = value;
      if (action === 'add') parent[key] = value;
      if (action === 'rename')
        Object.defineProperty(parent, key, {
          value: parent[last],
          enumerable: true,
          configurable: true,
          writable: true,
        });
      if (action === 'remove' || action === 'rename') delete parent[last];
    }
    return stringify(document);
  });

/** The text of a file with some characters lost, doubled or replaced. */
const garbled = fc
  .tuple(
    fc.constantFrom(...BASES),
    fc.array(fc.tuple(fc.nat(), fc.string({ maxLength: 3 }), fc.nat(3)), { minLength: 1, maxLength: 5 }),
  )
  .map(([base, edits]) =>
    edits.reduce(
      (text, [at, insert, drop]) =>
        `${text.slice(0, at % text.length)}${insert}${text.slice((at % text.length) + drop)}`,
      base,
    ),
  );

const verdictOn = (text: string): void => {
  const result = readSettings('environments/fuzz.yaml', text);
  if (result.ok) return;
  expect(result.problems.length).toBeGreaterThan(0);
  for (const { file, allowed, fix } of result.problems) {
    expect(file).toBe('environments/fuzz.yaml');
    expect(allowed).not.toBe('');
    expect(fix).not.toBe('');
  }
  // What the user wrote is quoted, so only what we wrote around it is looked at.
  const own = result.problems.map(({ allowed, fix }) => `${allowed} ${fix}`).join(' ');
  expect(own).not.toMatch(/undefined|\[object|NaN|Invalid input|\bat .*:\d+:\d+/);
  expect(new ConfigError(result.problems).message).not.toMatch(/\[object Object\]|^\s+at /m);
};

test('2,500 mutated documents are accepted, or refused with a reason', () => {
  fc.assert(fc.property(mutated, verdictOn), { numRuns: 2500, seed: SEED });
});

test('2,500 garbled texts are accepted, or refused with a reason', () => {
  fc.assert(fc.property(garbled, verdictOn), { numRuns: 2500, seed: SEED });
});
