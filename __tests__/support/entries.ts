/** A text as what its indents say: YAML's keys and list entries, the sections of an ini file. */

/** A line and the lines that belong to it. */
export interface Entry {
  readonly line: string;
  readonly below: readonly Entry[];
}

const SECTION = /^\[[\w.]+\]$/;

/** How far a line is to the right. All lines of a section are right of its heading; an empty line belongs to the line before. */
const depthOf = (line: string): number => {
  if (line === '') return Number.POSITIVE_INFINITY;
  return SECTION.test(line) ? -1 : line.search(/\S/);
};

/** The outermost entries of a text's lines. */
export function entriesOf(lines: readonly string[]): Entry[] {
  const [first] = lines;
  if (first === undefined) return [];
  const depths = lines.map(depthOf);
  const next = depths.findIndex((depth, index) => index > 0 && depth <= (depths[0] ?? 0));
  const end = next === -1 ? lines.length : next;
  return [{ line: first, below: entriesOf(lines.slice(1, end)) }, ...entriesOf(lines.slice(end))];
}

/** The lines of an entry. */
export const linesOf = ({ line, below }: Entry): string[] => [line, ...below.flatMap(linesOf)];

/** A key without a value of its own, or the beginning of a list entry that is one. */
const NO_VALUE = /:( \|[-+]?)?$/;

/** The lines with which an entry begins, up to the first that has a value: a list entry may begin with a list of its own. */
export function beginningOf({ line, below: [first] }: Entry): string[] {
  return NO_VALUE.test(line) && first !== undefined ? [line, ...beginningOf(first)] : [line];
}

/**
 * `name` of `name:`. A list entry is called by its `name` where it has one, or by its first key, and the first value where that
 * stands deeper.
 */
export function labelOf(entry: Entry): string {
  const isListed = entry.line.trim().startsWith('- ');
  const named = entry.below.find(({ line }) => line.trim().startsWith('name: '));
  const lines = isListed ? beginningOf(entry) : [entry.line];
  const words = (isListed && named !== undefined ? [named.line] : lines).map((line) =>
    line.trim().replace(/^- /, '').replace(NO_VALUE, ''),
  );
  return [...new Set([words[0], words.at(-1)])].join(' ').slice(0, 60);
}
