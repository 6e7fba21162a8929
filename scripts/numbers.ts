/** How many dashboards, panels, alerts and rules each environment has: `npm run numbers`, and a table of the README. */
import { outcomes } from '../content/dashboards';
import { table } from '../lib/markdown';
import { seriesOf } from '../promql/metric';
import { ALL_METRICS } from '../stack/emitters';
import type { Built } from './built';

/** The numbers of one environment. */
export interface Numbers {
  readonly dashboards: number;
  readonly panels: number;
  readonly alerts: number;
  readonly alertingRules: number;
  readonly recordingRules: number;
  readonly slos: number;
  /** Panels and alerts on metrics without a source. A synth fails if there is one. */
  readonly withoutSource: number;
}

/** Counts what was rendered. */
export function numbersOf({ config, stack: { rules } }: Built): Numbers {
  const selected = outcomes(config, rules).flatMap(({ selected: dashboard }) => dashboard ?? []);
  const panels = selected.flatMap(({ rows }) => rows.flatMap((row) => row.panels));
  const on = rules.alerts.filter(({ off }) => off === null);
  const lacksSource = (expr: string) => rules.expressions.missing(expr) !== undefined;
  const emptyPanels = panels.filter(
    (panel) => 'queries' in panel && panel.queries.every(({ expr }) => lacksSource(expr)),
  );
  const silentAlerts = on.filter((alert) => alert.rules.every(({ expr }) => lacksSource(expr)));
  return {
    dashboards: selected.length,
    panels: panels.length,
    alerts: on.length,
    alertingRules: on.reduce((sum, alert) => sum + alert.rules.length, 0),
    recordingRules: rules.groups.flatMap((group) => group.rules).filter((rule) => 'record' in rule).length,
    slos: rules.slos.length,
    withoutSource: emptyPanels.length + silentAlerts.length,
  };
}

/** A table with a column for each environment, and below it the size of the catalogue. */
export function numbersTable(environments: readonly Built[]): string {
  const rows: readonly (readonly [string, keyof Numbers])[] = [
    ['dashboards', 'dashboards'],
    ['panels', 'panels'],
    ['alerts', 'alerts'],
    ['alerting rules', 'alertingRules'],
    ['recording rules', 'recordingRules'],
    ['service level objectives', 'slos'],
    ['panels and alerts without a source', 'withoutSource'],
  ];
  const numbers = environments.map(numbersOf);
  const cells = rows.map(([title, key]) => [title, ...numbers.map((one) => `${one[key]}`)]);
  const series = ALL_METRICS.reduce((sum, metric) => sum + seriesOf(metric).length, 0);
  const catalogue = `The catalogue has ${ALL_METRICS.length} metrics (${series} series names) from ${new Set(ALL_METRICS.map(({ emitter }) => emitter)).size} sources.`;
  return `${table(['', ...environments.map(({ config }) => config.environment)], cells)}\n\n${catalogue}`;
}
