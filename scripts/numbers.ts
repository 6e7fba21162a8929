/** The numbers of what an operator looks at, an environment at a time: `npm run numbers`, and a table of the README. */
import { outcomes } from '../content/dashboards';
import { table } from '../lib/markdown';
import { METRICS } from '../metrics/catalogue/index';
import { seriesOf } from '../promql/metric';
import type { Built } from './built';

/** One environment's. */
export interface Numbers {
  readonly dashboards: number;
  readonly panels: number;
  readonly alerts: number;
  readonly alertingRules: number;
  readonly recordingRules: number;
  readonly slos: number;
  /** Panels and alerts that name what nobody emits: a synth fails where there is one. */
  readonly dead: number;
}

/** Counts what was built. */
export function numbersOf({ config, stack: { rules } }: Built): Numbers {
  const selected = outcomes(config, rules).flatMap(({ selected: dashboard }) => dashboard ?? []);
  const panels = selected.flatMap(({ rows }) => rows.flatMap((row) => row.panels));
  const on = rules.alerts.filter(({ off }) => off === null);
  const isDead = (expr: string) => rules.contract.missing(expr) !== undefined;
  const deadPanels = panels.filter((panel) => 'queries' in panel && panel.queries.every(({ expr }) => isDead(expr)));
  const deadAlerts = on.filter((alert) => alert.rules.every(({ expr }) => isDead(expr)));
  return {
    dashboards: selected.length,
    panels: panels.length,
    alerts: on.length,
    alertingRules: on.reduce((sum, alert) => sum + alert.rules.length, 0),
    recordingRules: rules.groups.flatMap((group) => group.rules).filter((rule) => 'record' in rule).length,
    slos: rules.slos.length,
    dead: deadPanels.length + deadAlerts.length,
  };
}

/** The table of all environments, and the size of the catalogue below it. */
export function numbersTable(environments: readonly Built[]): string {
  const rows: readonly (readonly [string, keyof Numbers])[] = [
    ['dashboards', 'dashboards'],
    ['panels', 'panels'],
    ['alerts', 'alerts'],
    ['alerting rules', 'alertingRules'],
    ['recording rules', 'recordingRules'],
    ['service level objectives', 'slos'],
    ['panels and alerts that nobody could feed', 'dead'],
  ];
  const numbers = environments.map(numbersOf);
  const cells = rows.map(([title, key]) => [title, ...numbers.map((one) => `${one[key]}`)]);
  const series = METRICS.reduce((sum, metric) => sum + seriesOf(metric).length, 0);
  const catalogue = `The catalogue has ${METRICS.length} metrics (${series} names of series) of ${new Set(METRICS.map(({ emitter }) => emitter)).size} emitters.`;
  return `${table(['', ...environments.map(({ config }) => config.environment)], cells)}\n\n${catalogue}`;
}
