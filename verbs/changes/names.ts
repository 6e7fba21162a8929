/** Names that people and their own dashboards use: alerts, recorded series, dashboards, scrape jobs, and the metrics that are queried. */

import { queriesOf } from '../../promql/dashboards/queries';
import { metricNames } from '../../promql/sources';
import type { Manifest } from '../../stack/checks/manifest';
import { type ConfigurationFile, filesOf } from './files';
import { at, isTree, listAt } from './tree';

/** What has a name. */
export type Named = 'alert' | 'recorded series' | 'dashboard' | 'scrape job' | 'metric';

/** A name that is new, gone, or another one. */
export interface NameChange {
  readonly kind: Named;
  /** null: it is new. */
  readonly before: string | null;
  /** null: it is gone. */
  readonly after: string | null;
}

/** Names with what they stand for: two names for the same thing are a renaming. */
type Names = ReadonlyMap<string, string>;

/** The names that differ between two sets of manifests, sorted by kind. */
export function nameChanges(old: readonly Manifest[], next: readonly Manifest[]): readonly NameChange[] {
  // Of a new stack, every name is new.
  if (old.length === 0 || next.length === 0) return [];
  const [before, after] = [filesOf(old), filesOf(next)];
  const [names, others] = [namesOf(before), namesOf(after)];
  const records = new Set([...names['recorded series'].keys(), ...others['recorded series'].keys()]);
  return [
    ...KINDS.flatMap((kind) => changesOf(kind, names[kind], others[kind])),
    ...queriedMetrics(before, after).filter(({ before: was, after: is }) => !records.has(was ?? is ?? '')),
  ];
}

const KINDS = ['alert', 'recorded series', 'dashboard', 'scrape job'] as const;

function changesOf(kind: (typeof KINDS)[number], before: Names, after: Names): readonly NameChange[] {
  const gone = [...before.keys()].filter((name) => !after.has(name));
  const fresh = new Set([...after.keys()].filter((name) => !before.has(name)));
  const changes = gone.map((name): NameChange => {
    const meaning = before.get(name);
    const renamed = meaning === '' ? undefined : [...fresh].find((other) => after.get(other) === meaning);
    if (renamed !== undefined) fresh.delete(renamed);
    return { kind, before: name, after: renamed ?? null };
  });
  return [...changes, ...[...fresh].map((name): NameChange => ({ kind, before: null, after: name }))];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Rule files of Prometheus and of Grafana have groups of rules. */
const rulesOf = ({ content }: ConfigurationFile): readonly unknown[] =>
  listAt(content, 'groups').flatMap((group) => listAt(group, 'rules'));

/** PromQL of a rule: Grafana has it in the first query. */
const exprOf = (rule: unknown): string => text(at(rule, 'expr')) || text(at(listAt(rule, 'data')[0], 'model', 'expr'));

/** Grafana adds to the title what sets several rules of one alert apart. */
const alertOf = (rule: unknown): string => text(at(rule, 'alert')) || text(at(rule, 'title'));

/** Dashboards that people link to. The page of a runbook comes and goes with its alert. */
const isDashboard = ({ file, content }: ConfigurationFile): boolean =>
  file.endsWith('.json') &&
  text(content.uid) !== '' &&
  !file.startsWith('runbook-') &&
  (Array.isArray(content.panels) || isTree(content.elements));

function namesOf(files: readonly ConfigurationFile[]): Readonly<Record<(typeof KINDS)[number], Names>> {
  const rules = files.flatMap(rulesOf);
  const alerts = rules.filter((rule) => alertOf(rule) !== '');
  const recorded = rules.filter((rule) => recordOf(rule) !== '');
  const jobs = files.flatMap(({ content }) => listAt(content, 'scrape_configs'));
  return {
    alert: byName(alerts, alertOf, exprOf),
    'recorded series': byName(recorded, recordOf, exprOf),
    dashboard: byName(dashboardsOf(files), uidOf, titleOf),
    'scrape job': byName(jobs, jobOf, () => ''),
  };
}

const recordOf = (rule: unknown): string => text(at(rule, 'record'));
const uidOf = (dashboard: unknown): string => text(at(dashboard, 'uid'));
const titleOf = (dashboard: unknown): string => text(at(dashboard, 'title'));
const jobOf = (job: unknown): string => text(at(job, 'job_name'));
const dashboardsOf = (files: readonly ConfigurationFile[]) => files.filter(isDashboard).map(({ content }) => content);

/** Metrics that rules and dashboards query no more, or only now. Whether a program still emits them is not known here. */
function queriedMetrics(old: readonly ConfigurationFile[], next: readonly ConfigurationFile[]): readonly NameChange[] {
  const [before, after] = [expressionsOf(old), expressionsOf(next)];
  const only = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
    namesIn([...one].filter((expr) => !other.has(expr))).filter((name) => !isQueried(name, other));
  return [
    ...only(before, after).map((name): NameChange => ({ kind: 'metric', before: name, after: null })),
    ...only(after, before).map((name): NameChange => ({ kind: 'metric', before: null, after: name })),
  ];
}

const expressionsOf = (files: readonly ConfigurationFile[]): ReadonlySet<string> =>
  new Set([
    ...files.flatMap(rulesOf).map(exprOf),
    ...dashboardsOf(files).flatMap((dashboard) => queriesOf(dashboard).map(({ expr }) => expr)),
  ]);

const namesIn = (expressions: readonly string[]): readonly string[] =>
  [...new Set(expressions.flatMap(metricNames))].sort();

/** Few expressions contain the name as a text, and only these are parsed. */
const isQueried = (name: string, expressions: ReadonlySet<string>): boolean =>
  [...expressions].some((expr) => expr.includes(name) && metricNames(expr).includes(name));

/** Names with all that stands under each. */
function byName<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  meaningOf: (item: Item) => string,
): Names {
  const names = new Map<string, string>();
  for (const item of items) {
    const name = nameOf(item);
    names.set(name, [names.get(name), meaningOf(item)].filter((part) => part !== undefined && part !== '').join('\n'));
  }
  return names;
}
