/** References from one runbook to another. */

/** Blocks of code and code in a line, which stay as they are. */
const CODE = /(```[\s\S]*?```|`[^`]*`)/;
/** A name in CamelCase, as alerts have. */
const NAME = /\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b/g;

/**
 * The text with a link wherever it names another runbook.
 * @param addressOf the address of a runbook, by the name of its alert; undefined: it has none
 */
export function withReferences(markdown: string, addressOf: (name: string) => string | undefined): string {
  const linked = (name: string) => {
    const address = addressOf(name);
    return address === undefined ? name : `[${name}](${address})`;
  };
  return markdown
    .split(CODE)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(NAME, linked)))
    .join('');
}
