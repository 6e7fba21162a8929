/** The import statements of the project's own files. The compiler has no API in JavaScript, so the statements are read as text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT } from '../support';

/** Path of each file below the project's folder, with its text. */
export type Sources = ReadonlyMap<string, string>;

/** One file that another one imports; types count too. */
export interface Import {
  readonly file: string;
  /** Line of the statement, from 1. */
  readonly line: number;
  /** Path of the imported file. */
  readonly to: string;
}

/** `import … from '…'`, `import '…'` and `export … from '…'` at the beginning of a line, and `import('…')` anywhere. */
const STATEMENT =
  /^(?:import\s+(?:[^'";]*?\sfrom\s+)?|export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+)'([^']+)'|\bimport\('([^']+)'\)/gm;

/** Every import of one file of the project by another. Packages are left out. */
export const importsOf = (sources: Sources): readonly Import[] =>
  [...sources].flatMap(([file, text]) =>
    [...text.matchAll(STATEMENT)].flatMap(({ 1: plain, 2: dynamic, index }) => {
      const name = plain ?? dynamic ?? '';
      if (!name.startsWith('.')) return [];
      const line = text.slice(0, index).split('\n').length;
      return [{ file, line, to: resolved(posix.join(posix.dirname(file), name), sources) }];
    }),
  );

const resolved = (path: string, sources: Sources): string =>
  [`${path}.ts`, `${path}/index.ts`].find((candidate) => sources.has(candidate)) ?? path;

/** The files of these folders, or single files, of the project. */
export function sourcesOf(rooms: readonly string[]): Sources {
  const files = rooms.flatMap((room) =>
    room.endsWith('.ts')
      ? [room]
      : readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.ts'))
          .map((name) => `${room}/${name}`),
  );
  return new Map(files.sort().map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
}

/** The folder at the top in which a file is; a file at the top is a room of its own. */
export const roomOf = (file: string): string => file.split('/')[0] ?? file;

/** Files that import each other, directly or through others: each group once, its files in order. */
export function circlesOf(imports: readonly Import[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const { file, to } of imports) next.set(file, [...(next.get(file) ?? []), to]);
  const reached = new Map([...next.keys()].map((file) => [file, reachableFrom(file, next)]));
  const groups = [...reached]
    .filter(([file, files]) => files.has(file))
    .map(([file, files]) =>
      [...files]
        .filter((other) => reached.get(other)?.has(file))
        .sort()
        .join(' '),
    );
  return [...new Set(groups)].sort();
}

function reachableFrom(file: string, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...(next.get(file) ?? [])];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (found.has(one)) continue;
    found.add(one);
    waiting.push(...(next.get(one) ?? []));
  }
  return found;
}
