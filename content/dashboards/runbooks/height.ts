/**
 * The height of a Markdown text in a text panel, so that no panel cuts its text. It is rather too high than too low. The styles are those
 * of grafana/grafana (packages/grafana-data/src/themes/createTypography.ts, packages/grafana-ui/src/themes/GlobalStyles/elements.ts and
 * code.ts), in pixels.
 */

/** One unit of the grid, with the gap to the next. */
const UNIT = 38;
/** The gap between two panels. */
const GAP = 8;
/** The title of a panel, and the padding around its text. */
const FRAME = 32 + 2 * 9;
/** The narrowest width that all columns together have: a screen of 1600 with the menu beside the dashboard, which takes 300. */
const ALL_COLUMNS = 1264;
const COLUMNS = 24;

const LINE = 22;
const PARAGRAPH_MARGIN = 16;
/** A heading of each level, from the first, with its margins. */
const HEADINGS = [32 + 2 * 13, 28 + 2 * 11, 24 + 2 * 10, 22 + 2 * 9] as const;
/** An item of a list is indented by its bullet or number. */
const INDENT = 32;
const CODE_LINE = 19;
/** Padding, border and margins of a block of code. */
const CODE_FRAME = 2 * 11 + 2 * 14;

/** Mean widths of a character: Inter of 14 pixels in English text, and a monospaced font of 12 pixels with its letter spacing. */
const CHARACTER = 7.3;
const CODE_CHARACTER = 7.5;
/** Padding of code within a line. */
const CODE_PADDING = 14;

/**
 * The height that a text panel needs, in units of the grid.
 * @param columns width of the panel, of 24
 */
export function heightOf(markdown: string, columns: number): number {
  const width = (ALL_COLUMNS * columns) / COLUMNS - GAP - 2 * 9;
  const text = blocksOf(markdown).reduce((sum, block) => sum + blockHeight(block, width), 0);
  return Math.ceil((text + FRAME + GAP) / UNIT);
}

/** Blocks of Markdown: a block of code, or the lines between two empty ones. */
function blocksOf(markdown: string): string[][] {
  const blocks: string[][] = [[]];
  let isCode = false;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) isCode = !isCode;
    if (line === '' && !isCode) blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks.filter((block) => block.length > 0);
}

function blockHeight(block: readonly string[], width: number): number {
  const [first = ''] = block;
  if (first.startsWith('#')) return HEADINGS[first.indexOf(' ') - 1] ?? HEADINGS[0];
  if (first.startsWith('```')) {
    const lines = block.slice(1, -1).map((line) => Math.ceil(Math.max(1, line.length) / charactersIn(width - 24)));
    return lines.reduce((sum, count) => sum + count, 0) * CODE_LINE + CODE_FRAME;
  }
  const isList = /^(- |\d+\. )/.test(first);
  const lines = block.map((line) => linesOf(line, isList ? width - INDENT : width));
  return lines.reduce((sum, count) => sum + count, 0) * LINE + PARAGRAPH_MARGIN;
}

const charactersIn = (width: number) => Math.floor(width / CODE_CHARACTER);

/** The lines that a text takes. Code within a text is not wrapped (`white-space: nowrap`), a word that is too long is. */
function linesOf(text: string, width: number): number {
  // Most lines are short: then their words need not be counted.
  if (text.length * CODE_CHARACTER + CODE_PADDING * text.split('`').length < width) return 1;
  let lines = 1;
  let used = 0;
  for (const word of wordsOf(text)) {
    const needed = widthOf(word);
    if (used > 0 && used + CHARACTER + needed > width) {
      lines += 1;
      used = 0;
    }
    lines += Math.floor(needed / width);
    used += (used > 0 ? CHARACTER : 0) + (needed % width);
  }
  return lines;
}

/** Words, and code within the text as one word; the address of a link is not shown. */
const wordsOf = (text: string): string[] => text.replace(/\]\([^)]*\)/g, ']').match(/`[^`]*`\S*|\S+/g) ?? [];

const widthOf = (word: string) =>
  word.startsWith('`') ? word.length * CODE_CHARACTER + CODE_PADDING : word.length * CHARACTER;
