/** Two texts entry by entry, for people who review what changed and know the text that it changed from. */
import { diffLinesRaw } from 'jest-diff';
import { beginningOf, type Entry, entriesOf, labelOf, linesOf } from './entries';
import { wrap } from './wrapped-lines';

/** What stands in one place in the one text and in the other. */
export interface Change {
  /** The entries around it, from the outermost. */
  readonly path: string;
  readonly removed: readonly Entry[];
  readonly added: readonly Entry[];
}

/** What turns the lines `before` into `after`. */
export const entryDifferences = (before: readonly string[], after: readonly string[]): Change[] =>
  changesOf(entriesOf(before), entriesOf(after), []);

const textOf = (entry: Entry): string => linesOf(entry).join('\n');

/** Entries that are the same as a whole are passed over. Between them, those that begin alike are compared with each other. */
const changesOf = (before: readonly Entry[], after: readonly Entry[], path: readonly string[]): Change[] =>
  aligned(before, after, textOf, textOf).flatMap((gap) => {
    if ('pair' in gap) return [];
    const { removed, added } = gap;
    return aligned(removed, added, beginningIn(removed), beginningIn(added)).flatMap((part) => {
      if (!('pair' in part)) return [{ path: path.join(' › '), ...part }];
      const [old, now] = part.pair;
      return changesOf(old.below, now.below, [...path, labelOf(now)]);
    });
  });

/** What an entry is found by among its neighbours: its first line, and one more where several of them begin so. */
const beginningIn = (neighbours: readonly Entry[]) => (entry: Entry) => {
  const isOne = neighbours.filter(({ line }) => line === entry.line).length === 1;
  return isOne ? entry.line : `${entry.line}\n${entry.below[0]?.line}`;
};

type Part = { readonly pair: readonly [Entry, Entry] } | Omit<Change, 'path'>;

/** Entries of both sides in their order: pairs with the same key, and what stands between them. */
function aligned(
  before: readonly Entry[],
  after: readonly Entry[],
  oldKey: (entry: Entry) => string,
  newKey: (entry: Entry) => string,
): Part[] {
  const [olds, news] = [[...before], [...after]];
  const parts: Part[] = [];
  let [removed, added]: [Entry[], Entry[]] = [[], []];
  const end = () => {
    if (removed.length + added.length > 0) parts.push({ removed, added });
    [removed, added] = [[], []];
  };
  for (const { 0: operation } of diffLinesRaw(before.map(oldKey), after.map(newKey))) {
    const old = operation <= 0 ? olds.splice(0, 1) : [];
    const now = operation >= 0 ? news.splice(0, 1) : [];
    if (old[0] !== undefined && now[0] !== undefined) {
      end();
      parts.push({ pair: [old[0], now[0]] });
    } else {
      removed.push(...old);
      added.push(...now);
    }
  }
  end();
  return parts;
}

const marked = (mark: '-' | '+') => (line: string) => wrap(line).map((piece) => `${mark}${piece}`);

/** The two lines of a change that replaces one line by one, without their indents. Null of other changes. */
export function replacementOf({ removed, added }: Change): string | null {
  const [old, now] = [removed, added].map((entries) => entries.flatMap(linesOf).map((line) => line.trim()));
  if (old?.length !== 1 || now?.length !== 1) return null;
  return [...old.flatMap(marked('-')), ...now.flatMap(marked('+'))].join('\n');
}

/**
 * The lines of changes: `-` stood there before, `+` stands there now. `@@` gives the path of the lines below it, because numbers of
 * lines, and lines around, would change with what is the same in both.
 */
export const shown = (changes: readonly Change[]): string[] =>
  changes.flatMap(({ path, removed, added }, index) => [
    ...(path === (changes[index - 1]?.path ?? '') ? [] : [`@@ ${path}`]),
    ...removed.flatMap(shortened).flatMap(marked('-')),
    ...added.flatMap(linesOf).flatMap(marked('+')),
  ]);

/** Lines of a removed entry from which on only its beginning is shown: the text that it was in is known. */
const LONG = 4;

function shortened(entry: Entry): string[] {
  const [all, beginning] = [linesOf(entry), beginningOf(entry)];
  const left = all.length - beginning.length;
  return left < LONG ? all : [...beginning, `${' '.repeat(entry.line.search(/\S/))}  … ${left} lines more`];
}
