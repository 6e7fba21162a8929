/** Panels of alerts: how many fire, now and over time. */

import { selector } from '../../../metrics/spans';
import type { Lines, Link, Values } from '../spec';
import { UNITS } from '../units';

const NO_RULES = 'No rules: does Prometheus evaluate any? See its dashboard';
export const NONE_FIRING = 'No alert fires. The row about rules shows whether they are evaluated at all';
export const FIRING = 'alertstate="firing"';
/** Zero where rules are evaluated and none fires; without rules there is no data. */
const OR_ZERO = 'or 0 * sum(prometheus_rule_group_rules)';

/** More alerts than there are: warnings are orange, however many they are. */
const NEVER = 1_000_000;

/** A part of a dashboard's alerts. @param matchers those of its variables; empty where it has none */
export const alerts = (matchers: string, ...more: readonly string[]) => selector('ALERTS', ...more, matchers);

interface State {
  readonly title: string;
  readonly description: string;
  readonly states: readonly string[];
  readonly limits: Values['limits'];
}

const count = (matchers: string, { title, description, states, limits }: State): Values => ({
  kind: 'stat',
  title,
  description,
  unit: UNITS.count,
  noData: NO_RULES,
  limits,
  queries: [{ expr: `count(${alerts(matchers, ...states)}) ${OR_ZERO}`, legend: title.toLowerCase() }],
});

/** Alerts of one severity that fire. @param links where they are listed. @default - none */
export const firingNow = (severity: 'critical' | 'warning', matchers: string, links: readonly Link[] = []): Values => ({
  ...count(matchers, {
    title: severity === 'critical' ? 'Critical alerts' : 'Warnings',
    description: `Alerts of severity ${severity} that fire now`,
    states: [FIRING, `severity="${severity}"`],
    limits: severity === 'critical' ? { warning: 1, critical: 1 } : { warning: 1, critical: NEVER },
  }),
  links,
});

/** Alerts that may fire soon. */
export const pendingNow = (matchers: string): Values =>
  count(matchers, {
    title: 'Pending',
    description: 'Alerts whose condition holds, and not yet for as long as they need to fire',
    states: ['alertstate="pending"'],
    limits: null,
  });

const SEVERE = 'severity=~"critical|warning"';

/** Firing alerts over time by a label. */
const history = (title: string, description: string, matchers: string, by: string): Lines => ({
  kind: 'lines',
  title,
  description,
  unit: UNITS.count,
  noData: NONE_FIRING,
  stacked: true,
  queries: [{ expr: `count by (${by}) (${alerts(matchers, FIRING, SEVERE)})`, legend: `{{${by}}}` }],
});

export const bySeverity = (matchers: string): Lines =>
  history('Firing alerts by severity', 'How many alerts fire, without those of severity info', matchers, 'severity');

export const byName = (matchers: string): Lines =>
  history(
    'Firing alerts by name',
    'For how many things each alert fires: what came first is often the cause',
    matchers,
    'alertname',
  );
