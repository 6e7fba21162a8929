/** JSON for people who review it: what fits in a line stands in one line. */

/** Characters of a line. */
const WIDTH = 140;

/** The value as JSON. `JSON.parse` gives it back. */
export function compactJson(value: unknown, indent = ''): string {
  const line = JSON.stringify(value);
  if (indent.length + line.length <= WIDTH || typeof value !== 'object' || value === null) return line;
  const deeper = `${indent}  `;
  const [open, close, entries] = Array.isArray(value)
    ? ['[', ']', value.map((entry) => compactJson(entry, deeper))]
    : ['{', '}', Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${compactJson(entry, deeper)}`)];
  return `${open}\n${entries.map((entry) => `${deeper}${entry}`).join(',\n')}\n${indent}${close}`;
}
