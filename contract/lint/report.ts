/** What the command prints. */
import { marked } from '../check';
import type { LintedFile, LintItem } from './file';
import { together, type Verdict } from './verdict';

/** Each rule and query with something to say, expression and spot; the same expression of several panels once for each. */
export function findingsReport(files: readonly LintedFile[]): string {
  return files
    .flatMap((linted) => {
      if ('unreadable' in linted) return [`${linted.file}\n  ${linted.unreadable}`];
      return linted.items.filter(({ findings }) => findings.length > 0).map((item) => itemReport(linted.file, item));
    })
    .join('\n\n');
}

function itemReport(file: string, { kind, name, path, findings }: LintItem): string {
  const title = `${file}  ${kind === 'query' ? 'panel' : kind} "${name}"  ${path}`;
  const parts = findings.map(({ field, text, finding }) => {
    const place = kind === 'query' || field === 'expr' ? finding.level : `${finding.level} in ${field}`;
    const lines = text === '' ? marked('', finding).split('\n').slice(2) : marked(text, finding).split('\n');
    return [`  ${place}`, ...lines.map((line) => `    ${line}`)].join('\n');
  });
  return [title, ...parts].join('\n');
}

/** Whether anything is an error: the command ends with 1 then. */
export const hasErrors = (files: readonly LintedFile[]): boolean =>
  files.some(
    (linted) =>
      'unreadable' in linted ||
      linted.items.some(({ findings }) => findings.some(({ finding }) => finding.level === 'error')),
  );

const ORDER: readonly Verdict[] = ['dead', 'hidden', 'wrong', 'depends', 'sound'];
const ALERT_WORDS: Readonly<Record<Verdict, string>> = {
  dead: 'can never fire',
  hidden: 'compare a constant',
  wrong: 'wrong',
  depends: 'depend',
  sound: 'sound',
};
const QUERY_WORDS: Readonly<Record<Verdict, string>> = {
  dead: 'dead',
  hidden: 'show a constant for data that cannot be there',
  wrong: 'wrong',
  depends: 'depend',
  sound: 'sound',
};

/** Totals: alerts with their names, recording rules, panels and queries. */
export function summary(files: readonly LintedFile[]): string {
  const read = files.flatMap((linted) => ('items' in linted ? [linted] : []));
  const items = read.flatMap((linted) => linted.items);
  const of = (kind: LintItem['kind']) => items.filter((item) => item.kind === kind);
  const panels = read.flatMap(panelsOf);
  return [
    ...totals('alerts', of('alert'), ALERT_WORDS, true),
    ...totals('recording rules', of('record'), QUERY_WORDS, true),
    ...totals('panels', panels, QUERY_WORDS, false),
    ...totals('queries', of('query'), QUERY_WORDS, false),
  ].join('\n');
}

/** The queries of a panel have one path up to their targets. */
function panelsOf({
  items,
}: Extract<LintedFile, { items: readonly LintItem[] }>): readonly Pick<LintItem, 'name' | 'verdict'>[] {
  const byPanel = new Map<string, LintItem[]>();
  for (const item of items.filter(({ kind, path }) => kind === 'query' && path.includes('.targets['))) {
    const panel = item.path.replace(/\.targets\[.*/, '');
    byPanel.set(panel, [...(byPanel.get(panel) ?? []), item]);
  }
  return [...byPanel.values()].map((queries) => ({
    name: queries[0]?.name ?? '',
    verdict: together(queries.map(({ verdict }) => verdict)),
  }));
}

/** One line of numbers, and where wanted one line of names for each verdict. `wrong` and `hidden` are left out where there is none. */
function totals(
  title: string,
  items: readonly Pick<LintItem, 'name' | 'verdict'>[],
  words: Readonly<Record<Verdict, string>>,
  withNames: boolean,
): readonly string[] {
  if (items.length === 0) return [];
  const names = (verdict: Verdict) => items.filter((item) => item.verdict === verdict).map(({ name }) => name);
  const counted = ORDER.filter((verdict) => names(verdict).length > 0 || (verdict !== 'wrong' && verdict !== 'hidden'));
  const numbers = counted.map((verdict) => `${words[verdict]}: ${names(verdict).length}`);
  const lists = counted
    .filter((verdict) => names(verdict).length > 0)
    .map((verdict) => `  ${words[verdict]}: ${names(verdict).join(', ')}`);
  return [`${title}: ${items.length}, ${numbers.join(', ')}`, ...(withNames ? lists : [])];
}
