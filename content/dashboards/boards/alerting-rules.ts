/** Panels of alerts: their rules. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { ratio, sumBy } from '../../../metrics/spans';
import { withGroup } from '../parts/about';
import { NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Link, Values } from '../spec';
import { UNITS } from '../units';

const PROMETHEUS: readonly Link[] = [{ title: 'Prometheus', dashboard: DASHBOARD_UIDS.prometheus }];
const FAILURES = `rate(prometheus_rule_evaluation_failures_total[${RATE}])`;
const EVALUATIONS = `rate(prometheus_rule_evaluations_total[${RATE}])`;
const DURATION = 'prometheus_rule_group_last_duration_seconds / prometheus_rule_group_interval_seconds';
/** No evaluation may fail: one in a hundred is a rule that always fails. */
const FEW = { warning: 0.0001, critical: 0.01 };
const LATE = { warning: 0.5, critical: 1 };

/** By the name of the group, without the path of its file. */
const byGroup = (aggregation: string, expr: string) => `${aggregation} by (group) (${withGroup(expr, 'group')})`;
const LEGEND = '{{group}}';

export const failingNow = (): Values => ({
  kind: 'stat',
  title: 'Rules failing',
  description:
    'Share of the evaluations of rules in Prometheus that end with an error. An alert whose rule fails cannot fire',
  unit: UNITS.share,
  noData: NOT_SCRAPED,
  limits: FEW,
  queries: [{ expr: ratio(sumBy([], FAILURES), sumBy([], EVALUATIONS)), legend: 'failing' }],
  links: PROMETHEUS,
});

export const slowestNow = (): Values => ({
  kind: 'stat',
  title: 'Slowest rules',
  description:
    'How long the slowest group of rules takes, as a share of its interval. From 100 % on evaluations are missed',
  unit: UNITS.share,
  noData: NOT_SCRAPED,
  limits: LATE,
  queries: [{ expr: `max(${DURATION})`, legend: 'of the interval' }],
  links: PROMETHEUS,
});

export const failing = (): Lines => ({
  kind: 'lines',
  title: 'Rule evaluations that fail',
  description: 'Share of evaluations that ended with an error, by group. An alert whose rule fails cannot fire',
  unit: UNITS.share,
  noData: NOT_SCRAPED,
  queries: [
    {
      expr: ratio(byGroup('sum', FAILURES), byGroup('sum', EVALUATIONS)),
      legend: LEGEND,
    },
  ],
  links: PROMETHEUS,
});

export const duration = (): Lines => ({
  kind: 'lines',
  title: 'Duration of evaluations',
  description:
    'How long the last evaluation of each group took, as a share of its interval. From 100 % on evaluations are missed',
  unit: UNITS.share,
  noData: NOT_SCRAPED,
  limits: LATE,
  queries: [
    {
      expr: byGroup('max', DURATION),
      legend: LEGEND,
    },
  ],
  links: PROMETHEUS,
});

export const missed = (): Lines => ({
  kind: 'lines',
  title: 'Evaluations that are missed',
  description: 'Evaluations that had not begun when the next was due, in each step of the graph, by group',
  unit: UNITS.count,
  noData: NOT_SCRAPED,
  queries: [
    {
      expr: byGroup('sum', `increase(prometheus_rule_group_iterations_missed_total[${RATE}])`),
      legend: LEGEND,
    },
  ],
  links: PROMETHEUS,
});
