/** The totals at the end of what is printed. */
import type { LintedFile, LintItem } from './file';
import { together, type Verdict } from './verdict';

type Judged = Pick<LintItem, 'name' | 'verdict' | 'findings'>;

/** The verdicts in their order, with the words for alerts and for queries. */
const WORDS: readonly (readonly [verdict: Verdict, ofAlerts: string, ofQueries: string])[] = [
  ['dead', 'can never fire', 'dead'],
  ['constant', 'compare a constant only', 'show a constant only'],
  ['hidden', 'compare a constant where data is missing', 'show a constant where data is missing'],
  ['wrong', 'wrong', 'wrong'],
  ['depends', 'depend', 'depend'],
  ['sound', 'sound', 'sound'],
];
/** These are printed even if their count is 0. */
const ALWAYS: ReadonlySet<Verdict> = new Set(['dead', 'depends', 'sound']);

/** Alerts and recording rules with their names, panels and queries with what they depend on. */
export function totals(files: readonly LintedFile[]): string {
  const read = files.flatMap((linted) => ('items' in linted ? [linted.items] : []));
  const of = (kind: LintItem['kind']) => read.flat().filter((item) => item.kind === kind);
  return [
    ...line('alerts', of('alert'), 1),
    ...names(of('alert'), 1),
    ...line('recording rules', of('record'), 2),
    ...names(of('record'), 2),
    ...line('panels', read.flatMap(panelsOf), 2),
    ...line('queries', of('query'), 2),
    ...sources(of('query')),
  ].join('\n');
}

const having = (items: readonly Judged[], verdict: Verdict) => items.filter((item) => item.verdict === verdict);

function line(title: string, items: readonly Judged[], column: 1 | 2): readonly string[] {
  if (items.length === 0) return [];
  const counts = WORDS.map((words) => ({
    verdict: words[0],
    text: words[column],
    count: having(items, words[0]).length,
  }));
  const shown = counts.filter(({ verdict, count }) => count > 0 || ALWAYS.has(verdict));
  return [`${title}: ${items.length}, ${shown.map(({ text, count }) => `${text}: ${count}`).join(', ')}`];
}

/** Which rules have each verdict, and what those that depend on something depend on. */
function names(items: readonly Judged[], column: 1 | 2): readonly string[] {
  return WORDS.flatMap((words) => {
    const these = having(items, words[0]);
    if (these.length === 0) return [];
    if (words[0] !== 'depends') return [`  ${words[column]}: ${these.map(({ name }) => name).join(', ')}`];
    return these.flatMap((item) => dependencies(item).map((message) => `  ${item.name} ${message}`));
  });
}

const dependencies = ({ findings }: Judged): readonly string[] => [
  ...new Set(findings.filter(({ finding }) => finding.level === 'depends').map(({ finding }) => finding.message)),
];

/** How many queries depend on each source. */
function sources(items: readonly Judged[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const message of items.flatMap(dependencies)) counts.set(message, (counts.get(message) ?? 0) + 1);
  return [...counts].map(([message, count]) => `  ${count} ${count === 1 ? 'query' : 'queries'}: ${message}`);
}

/** The queries of a panel have one path up to their targets. */
function panelsOf(items: readonly LintItem[]): readonly Judged[] {
  const byPanel = new Map<string, LintItem[]>();
  for (const item of items.filter(({ path }) => path.includes('.targets['))) {
    const panel = item.path.replace(/\.targets\[.*/, '');
    byPanel.set(panel, [...(byPanel.get(panel) ?? []), item]);
  }
  return [...byPanel.values()].map((queries) => ({
    name: queries[0]?.name ?? '',
    verdict: together(queries.map(({ verdict }) => verdict)),
    findings: [],
  }));
}
