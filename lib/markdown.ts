/** A table in Markdown, without a trailing line break. A `|` inside a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  lines.splice(1, 0, `|${'---|'.repeat(head.length)}`);
  return lines.join('\n');
}

/** Replaces the text between `<!-- name -->` and `<!-- /name -->`. */
export const withPart = (text: string, name: string, part: string): string =>
  text.replace(
    new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`),
    (_all, start, end) => `${start}${part}\n${end}`,
  );
