/** Long lines, broken for people to read: queries, statements and regular expressions do not end where a screen does. */

/** Characters of a line, without what marks that it was broken. */
const WIDTH = 160;

/**
 * The line in pieces of at most 160 characters and the marks: `↩` ends a piece that goes on, and `↪` begins the next.
 * It is broken after a space, a comma or a bar where there is one.
 */
export function wrap(line: string): string[] {
  if (line.length <= WIDTH) return [line];
  const indent = ' '.repeat(Math.max(0, line.search(/\S/)) + 2);
  const pieces: string[] = [];
  for (let rest = line; rest !== ''; rest = rest.slice(pieces.at(-1)?.length)) pieces.push(firstPiece(rest));
  return pieces.map(
    (piece, index) => `${index === 0 ? '' : `${indent}↪`}${piece}${index === pieces.length - 1 ? '' : '↩'}`,
  );
}

/** The text as it was before its lines were broken. */
export const unwrap = (text: string): string => text.replace(/↩\n *↪/g, '');

function firstPiece(text: string): string {
  if (text.length <= WIDTH) return text;
  const end = Math.max(...[' ', ',', '|'].map((mark) => text.lastIndexOf(mark, WIDTH - 1))) + 1;
  // A break among the blanks that a line begins with would leave a piece of nothing else.
  return text.slice(0, text.slice(0, end).trim() === '' ? WIDTH : end);
}
