/** The table of contents of an archive. */
import type { Collected, Described } from './item';

/** The file's name: the first one that is read. */
export const CONTENTS = 'CONTENTS.md';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;

/** The table of contents. */
export function contentsOf(
  title: string,
  { files, missing }: Collected,
  counts: { readonly addresses: number; readonly emails: number },
): string {
  const byPath = <Entry extends { readonly path: string }>(entries: readonly Entry[]) =>
    [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
  const lines = [
    `# ${title}`,
    '',
    'Values of Secrets are replaced by numbers, as `<s-1>`; `secrets.yaml` says which number is which key. Addresses have numbers too, the',
    `same one for the same address: \`<ip-1>\` (${counts.addresses} in all), \`<email-1>\` (${counts.emails}). Other credentials and personal data are \`<removed …>\`.`,
    'Names of namespaces, nodes, services and hosts are kept: read it before you make it public.',
    '',
    '## Files',
    '',
    row('file', 'what it is', 'bytes'),
    row('---', '---', '---'),
    ...byPath(files).map(({ path, about, text }: Described) => row(path, about, `${Buffer.byteLength(text)}`)),
    '',
    '## Not read',
    '',
    ...(missing.length === 0
      ? ['Everything was read.']
      : [
          row('file', 'what it is', 'why'),
          row('---', '---', '---'),
          ...byPath(missing).map(({ path, about, reason }) => row(path, about, reason)),
        ]),
    '',
  ];
  return lines.join('\n');
}
