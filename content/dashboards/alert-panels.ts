/** The panel that shows what an alert is about: derived from the metrics that both read. */

import type { MetricSelector } from '../../promql/metric-selector';
import { patternOf } from '../../promql/regex';
import { scanned } from '../../promql/scan';
import type { ConfiguredAlert } from '../alerts/configured';
import { idOf } from './render/id';
import type { Dashboard, NumberPanel } from './spec';

/** A panel, as links name it. */
export interface AlertPanel {
  readonly uid: string;
  readonly panelId: number;
  readonly panelTitle: string;
  readonly dashboardTitle: string;
  /** Values of the dashboard's variables with which the panel shows the series of the alert. */
  readonly variables: readonly VariableValue[];
}

/** The value of a variable: that of a label of the alert, or a constant. */
export type VariableValue =
  | { readonly name: string; readonly label: string }
  | { readonly name: string; readonly value: string };

/** The panels of the alerts of an environment. */
export interface AlertPanels {
  /** The panel of each alert, by its name. An alert is missing if no panel reads any of its metrics. */
  readonly panels: ReadonlyMap<string, AlertPanel>;
  /** Names of the alerts that a dashboard shows: one of its panels reads as many of their metrics as the best panel does. */
  readonly alertsOn: (uid: string) => readonly string[];
}

/** A panel that is rendered, and what its queries select. */
interface Shown {
  readonly dashboard: Dashboard;
  readonly panel: NumberPanel;
  /** Its selectors by the name of their metric. */
  readonly selects: ReadonlyMap<string, readonly MetricSelector[]>;
}

function selectsOf({ queries }: NumberPanel): ReadonlyMap<string, readonly MetricSelector[]> {
  const selects = new Map<string, MetricSelector[]>();
  for (const selector of queries.flatMap(({ expr }) => scanned(expr))) add(selects, selector.metric, selector);
  return selects;
}

type Matcher = MetricSelector['matchers'][number];

/** How well a panel shows an alert. Every number is compared in turn: more is better. */
type Fit = readonly [selectors: number, matchers: number, overTime: number, fewOthers: number];

/**
 * Finds the panel of each alert that is on, among those that read what a rule measures, which is the metric that its expression begins
 * with: the panel that reads most of what the rules select. Where several do, the one with most of their matchers, then one that shows
 * values over time, then the one with the fewest other metrics, then the first.
 * @param dashboards those that are rendered, in their order
 */
export function alertPanels(dashboards: readonly Dashboard[], alerts: readonly ConfiguredAlert[]): AlertPanels {
  const shown = dashboards.flatMap(shownOn);
  const readers = byMetric(shown);
  const panels = new Map<string, AlertPanel>();
  const on = new Map<string, string[]>();
  for (const alert of alerts.filter(({ off }) => off === null)) {
    const { name } = alert.definition;
    const ofRules = alert.rules.map(({ expr }) => meant(scanned(expr)));
    const selects = ofRules.flat();
    const fits = fitsOf(
      ofRules.flatMap(([first]) => first ?? []),
      selects,
      readers,
    );
    const best = chosen(alert, shown) ?? bestOf(shown, fits);
    if (best === undefined) continue;
    panels.set(name, linkTo(best, alert, selects));
    const most = Math.max(...[...fits.values()].map(([count]) => count));
    const uids = [best, ...[...fits].flatMap(([one, [count]]) => (count === most ? [one] : []))];
    for (const uid of new Set(uids.map(({ dashboard }) => dashboard.uid))) add(on, uid, name);
  }
  return { panels, alertsOn: (uid) => on.get(uid) ?? [] };
}

function add<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Whether a target is up only restricts a rule that reads other metrics too. */
function meant(selects: readonly MetricSelector[]): readonly MetricSelector[] {
  const others = selects.filter(({ metric }) => metric !== 'up');
  return others.length > 0 ? others : selects;
}

const shownOn = (dashboard: Dashboard): Shown[] =>
  dashboard.rows.flatMap(({ panels }) =>
    panels.flatMap((panel) => ('queries' in panel ? [{ dashboard, panel, selects: selectsOf(panel) }] : [])),
  );

function byMetric(shown: readonly Shown[]): ReadonlyMap<string, readonly Shown[]> {
  const found = new Map<string, Shown[]>();
  for (const one of shown) for (const name of one.selects.keys()) add(found, name, one);
  return found;
}

/** The panel that the alert itself names, if it is rendered. */
const chosen = ({ definition: { panel: wanted } }: ConfiguredAlert, shown: readonly Shown[]) =>
  wanted && shown.find(({ dashboard, panel }) => dashboard.uid === wanted.dashboard && panel.title === wanted.title);

/** How well each panel shows what the rules select; panels that do not read what a rule measures are left out. */
function fitsOf(
  measured: readonly MetricSelector[],
  selects: readonly MetricSelector[],
  readers: ReadonlyMap<string, readonly Shown[]>,
): Map<Shown, Fit> {
  const names = new Set(selects.map(({ metric }) => metric));
  const candidates = new Set(measured.flatMap(({ metric }) => readers.get(metric) ?? []));
  return new Map(
    [...candidates].flatMap((one): [Shown, Fit][] => {
      const found = new Map(selects.map((selector) => [selector, likeness(selector, one)]));
      if (measured.every((first) => found.get(first) === undefined)) return [];
      const likenesses = [...found.values()].filter((count) => count !== undefined);
      const others = [...one.selects.keys()].filter((name) => !names.has(name)).length;
      const overTime = one.panel.kind === 'lines' || one.panel.kind === 'heatmap' ? 1 : 0;
      return [[one, [likenesses.length, likenesses.reduce((sum, count) => sum + count, 0), overTime, -others]]];
    }),
  );
}

/** The most matchers that a selector shares with one of a panel for the same series; undefined if the panel reads none of its series. */
function likeness(selector: MetricSelector, { selects }: Shown): number | undefined {
  const counts = (selects.get(selector.metric) ?? [])
    .filter((other) => canMeet(selector, other))
    .map((other) => sharedMatchers(selector, other));
  return counts.length === 0 ? undefined : Math.max(...counts);
}

const sharedMatchers = (one: MetricSelector, other: MetricSelector) =>
  one.matchers.filter((matcher) => other.matchers.some((same) => isSame(matcher, same))).length;

const isSame = (one: Matcher, other: Matcher) =>
  one.label === other.label && one.op === other.op && one.value === other.value;

const canMeet = (one: MetricSelector, other: MetricSelector) =>
  one.matchers.every((matcher) =>
    other.matchers.every((facing) => !excludes(matcher, facing) && !excludes(facing, matcher)),
  );

/** Whether a matcher with a constant value rules out all that another one of the same label lets through. */
function excludes(constant: Matcher, other: Matcher): boolean {
  if (constant.op !== '=' || constant.label !== other.label) return false;
  if (isVariable(constant) || isVariable(other)) return false;
  const isLike =
    other.op === '=' || other.op === '!=' ? other.value === constant.value : matches(other, constant.value);
  return isLike === (other.op === '!=' || other.op === '!~');
}

const isVariable = ({ value }: Matcher) => value.includes('$');

function matches({ value }: Matcher, text: string): boolean {
  const pattern = patternOf(value);
  return pattern.ok && pattern.fits(text);
}

function bestOf(shown: readonly Shown[], fits: ReadonlyMap<Shown, Fit>): Shown | undefined {
  let best: { readonly one: Shown; readonly fit: Fit } | undefined;
  for (const one of shown) {
    const fit = fits.get(one);
    if (fit !== undefined && (best === undefined || isBetter(fit, best.fit))) best = { one, fit };
  }
  return best?.one;
}

function isBetter(fit: Fit, than: Fit): boolean {
  const first = fit.findIndex((number, index) => number !== than[index]);
  return first !== -1 && (fit[first] ?? 0) > (than[first] ?? 0);
}

function linkTo({ dashboard, panel }: Shown, alert: ConfiguredAlert, selects: readonly MetricSelector[]): AlertPanel {
  return {
    uid: dashboard.uid,
    panelId: idOf('panel', panel.title),
    panelTitle: panel.title,
    dashboardTitle: dashboard.title,
    variables: dashboard.variables.flatMap((variable) =>
      'of' in variable ? (variableValue(variable.name, variable.of, alert, selects) ?? []) : [],
    ),
  };
}

/**
 * The value of a variable of the dashboard: the label, where the texts of every rule name it, so that each of its alerts has it; the
 * constant, where the rules select one value only. Otherwise the dashboard's own initial value stays.
 */
function variableValue(
  name: string,
  label: string,
  { rules }: ConfiguredAlert,
  selects: readonly MetricSelector[],
): VariableValue | undefined {
  const field = new RegExp(`\\$labels\\.${label}\\b`);
  if (rules.every(({ summary, description }) => field.test(`${summary} ${description}`))) return { name, label };
  const values = new Set(
    selects.flatMap(({ matchers }) =>
      matchers.filter((matcher) => matcher.label === label && matcher.op === '=').map(({ value }) => value),
    ),
  );
  const [value, ...others] = values;
  return value === undefined || others.length > 0 ? undefined : { name, value };
}
