/** Reports for a terminal, and for the comment of a pull request. */
import { table } from '../../lib/markdown';
import { isEmpty, nameText, type Report } from './report';

/** Objects of a list that are shown. */
const SHOWN = 25;

/** A report as lines of text. */
export function terminalText(report: Report, title: string): string {
  if (isEmpty(report)) return `${title}\n  no change\n`;
  const width = Math.max(0, ...report.rows.map(({ object }) => object.length));
  const rows = report.rows.flatMap(({ severity, object, what, next }) => [
    `  ${severity.padEnd(8)} ${object.padEnd(width)}  ${what}`,
    ...(next === '' ? [] : [`  ${''.padEnd(8)} ${''.padEnd(width)}  next: ${next}`]),
  ]);
  const lines = [
    `${title}: ${countsOf(report)}`,
    ...rows,
    ...section('versions', versionsOf(report)),
    ...section('names', report.names.map(nameText)),
    ...section('added', report.added),
    ...section('changed', report.changed),
    ...section('removed', report.removed),
    ...section('without monitor-up: commands before the objects are applied', report.before, Infinity),
    ...section('without monitor-up: commands after that', report.after, Infinity),
  ];
  return `${lines.join('\n')}\n`;
}

const countsOf = ({ added, changed, removed, severity }: Report): string =>
  `${added.length} added, ${changed.length} changed, ${removed.length} removed; severity ${severity}`;

const versionsOf = ({ versions }: Report): readonly string[] =>
  versions.map(({ workload, before, after, notes }) =>
    [`${workload}  ${before} → ${after}`, ...(notes === null ? [] : [notes])].join('  '),
  );

function section(title: string, items: readonly string[], most = SHOWN): readonly string[] {
  if (items.length === 0) return [];
  const more = items.length > most ? [`    and ${items.length - most} more (--json has them all)`] : [];
  return [`  ${title}`, ...items.slice(0, most).map((item) => `    ${item}`), ...more];
}

/** A report as Markdown. */
export function markdownText(report: Report, title: string): string {
  if (isEmpty(report)) return `### ${title}\n\nNo change.\n`;
  const rows = report.rows.map(({ severity, object, what, next }) => [severity, code(object), what, next]);
  const parts = [
    `### ${title}`,
    countsOf(report),
    ...(rows.length === 0 ? [] : [table(['', 'object', 'what', 'next'], rows)]),
    ...list('Versions', versionsOf(report)),
    ...list('Names', report.names.map(nameText)),
    ...folded('Objects', [
      ...report.added.map((object) => `added ${object}`),
      ...report.changed.map((object) => `changed ${object}`),
      ...report.removed.map((object) => `removed ${object}`),
    ]),
    ...commands('Before the objects are applied, without monitor-up', report.before),
    ...commands('After that', report.after),
  ];
  return `${parts.join('\n\n')}\n`;
}

const code = (text: string): string => `\`${text}\``;

const list = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`**${title}**`, items.map((item) => `- ${item}`).join('\n')];

const folded = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0
    ? []
    : [
        `<details><summary>${title} (${items.length})</summary>`,
        items.map((item) => `- ${code(item)}`).join('\n'),
        '</details>',
      ];

const commands = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`**${title}**`, ['```bash', ...lines, '```'].join('\n')];
