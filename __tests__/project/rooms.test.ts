/** Who may import whom: each room imports the rooms below it only, and no file imports itself through others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support';
import { circlesOf, type Import, importsOf, roomOf, type Sources, sourcesOf } from './imports';

/** Every room, the lowest first: a room imports what stands before it. */
const ROOMS = [
  'promql',
  'metrics',
  'lib',
  'config',
  'content',
  'charts',
  'stack',
  'library',
  'index.ts',
  'examples',
  'verbs',
  'lab',
  'scripts',
  'main.ts',
] as const;

/** Rooms that import no other room: the checker could be published alone, and building blocks know no configuration. */
const ALONE: readonly string[] = ['promql', 'lib'];

/** Imports that lead out of a room that stands alone, and those of a room that is not below. */
function forbidden(imports: readonly Import[], held: readonly string[]): readonly string[] {
  const order: readonly string[] = ROOMS;
  return imports
    .filter(({ file, to }) => held.includes(roomOf(file)) && roomOf(to) !== roomOf(file))
    .filter(({ file, to }) => {
      const [from, other] = [order.indexOf(roomOf(file)), order.indexOf(roomOf(to))];
      return ALONE.includes(roomOf(file)) || other === -1 || other >= from;
    })
    .map(({ file, line, to }) => `${file}:${line} imports ${to}`);
}

const circlesIn = (imports: readonly Import[], held: readonly string[]): readonly string[] =>
  circlesOf(imports)
    .filter(({ files }) => files.some((file) => held.includes(roomOf(file))))
    .map(({ files, circle }) => `${circle} (${files.length} files import each other)`);

describe('the project', () => {
  const imports = importsOf(sourcesOf(ROOMS));

  test('every folder that is compiled is a room', () => {
    const { include } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
    expect([...ROOMS, '__tests__'].sort()).toEqual(include.sort());
  });

  test('a room imports the rooms below it only', () => expect(forbidden(imports, ROOMS)).toEqual([]));

  test('no file imports itself through others', () => expect(circlesIn(imports, ROOMS)).toEqual([]));
});

describe('the rules find', () => {
  const found = (files: Readonly<Record<string, string>>) => {
    const sources: Sources = new Map(Object.entries(files));
    return { forbidden: forbidden(importsOf(sources), ROOMS), circles: circlesIn(importsOf(sources), ROOMS) };
  };

  test.each([
    ['a value', "import { b } from '../charts/b';"],
    ['a type', "import type { B } from '../charts/b';"],
    ['a default and more', "import b, { type B } from '../charts/b';"],
    ['a statement of several lines', "import {\n  a,\n  type B,\n} from '../charts/b';"],
    ['an export', "export type { B } from '../charts/b';"],
    ['an export of all', "export * from '../charts/b';"],
    ['an effect', "import '../charts/b';"],
    ['a type in place', "let a: import('../charts/b').B;"],
  ])('what stands above: %s', (_, text) => {
    const files = { 'config/a.ts': `// first\n${text}`, 'charts/b.ts': '' };
    expect(found(files).forbidden).toEqual(['config/a.ts:2 imports charts/b.ts']);
  });

  test('what is outside: of a room that stands alone, and of all rooms', () =>
    expect(
      found({
        'lib/a.ts': "import { b } from '../promql/b';\nimport * as z from 'zod';",
        'promql/b.ts': "import { c } from '../other/c';",
        'charts/d.ts': "import { a } from '../lib/a';\nexport const from = 'import { b }';",
      }).forbidden,
    ).toEqual(['lib/a.ts:1 imports promql/b.ts', 'promql/b.ts:1 imports other/c']));

  test('circles, also of types and through a folder', () =>
    expect(
      found({
        'lib/a.ts': "import type { B } from './b';",
        'lib/b.ts': "import { C } from './c';",
        'lib/c/index.ts': "export * from '../a';",
        'lib/d.ts': "import { a } from './a';",
      }).circles,
    ).toEqual(['lib/a.ts > lib/b.ts > lib/c/index.ts > lib/a.ts (3 files import each other)']));
});
