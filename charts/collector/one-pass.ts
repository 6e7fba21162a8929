/**
 * Regular expressions for sets of words. Go matches one without backtracking, and gives up at the first wrong letter, if it begins and ends
 * with the text, and no two alternatives begin with the same letter (regexp/onepass.go). Each costs a third of the same words as a plain
 * list of alternatives (100 ns for a key of 20 letters, instead of 316).
 */

/** What may follow a word. */
type End = 'nothing' | 'anything';

interface Node {
  readonly next: Map<string, Node>;
  end?: End;
}

const newNode = (): Node => ({ next: new Map() });

function add(root: Node, text: string, end: End): void {
  let node = root;
  for (const letter of text) {
    const next = node.next.get(letter) ?? newNode();
    node.next.set(letter, next);
    node = next;
  }
  if (node.end !== 'anything') node.end = end;
}

const escaped = (letter: string): string => letter.replace(/[.*+?^${}()|[\]\\]/, '\\$&');

function write({ next, end }: Node): string {
  // Longer words with the same beginning are matched by it.
  if (end === 'anything') return '[\\s\\S]*$';
  const alternatives = [...next]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([letter, node]) => escaped(letter) + write(node));
  if (end === 'nothing') alternatives.push('$');
  return alternatives.length === 1 ? alternatives.join('') : `(?:${alternatives.join('|')})`;
}

/**
 * A pattern for texts that are one of the words, or begin with one of the beginnings.
 * @example
 * onePass(['GET', 'PUT'], ['user.']) // ^(?:GET$|PUT$|user\.[\s\S]*$)
 */
export function onePass(words: readonly string[], beginnings: readonly string[] = []): string {
  const root = newNode();
  for (const word of words) add(root, word, 'nothing');
  for (const beginning of beginnings) add(root, beginning, 'anything');
  return `^${write(root)}`;
}
