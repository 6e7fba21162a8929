/** Keys whose values are lists that are read entry by entry. */
const LISTS: ReadonlySet<string> = new Set(['panels', 'targets']);

/**
 * A dashboard as JSON in which each key of a panel and each of its queries has a line: a difference between two versions says what changed.
 * Indented as a whole, it would be more than twice as large, and most of it blanks.
 */
export const dashboardJson = (dashboard: object): string => `${linesOf(dashboard, '')}\n`;

function linesOf(value: object, indent: string): string {
  const deeper = `${indent} `;
  const lines = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => `${deeper}${JSON.stringify(key)}: ${entryOf(key, entry, deeper)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function entryOf(key: string, entry: unknown, indent: string): string {
  if (!LISTS.has(key) || !Array.isArray(entry) || entry.length === 0) return JSON.stringify(entry);
  const one = (element: object) =>
    key === 'panels' ? linesOf(element, indent) : `${indent} ${JSON.stringify(element)}`;
  return key === 'panels' ? `[${entry.map(one).join(', ')}]` : `[\n${entry.map(one).join(',\n')}\n${indent}]`;
}
