/** Panels of alerts: their rules. */
import { ratio } from '../../../metrics/spans';
import { NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';

export const rules = (): Lines => ({
  kind: 'lines',
  title: 'Rule evaluations that fail',
  description: 'Share of evaluations that ended with an error, by group. An alert whose rule fails cannot fire',
  unit: 'percentunit',
  noData: NOT_SCRAPED,
  queries: [
    {
      expr: ratio(
        `sum by (rule_group) (rate(prometheus_rule_evaluation_failures_total[${RATE}]))`,
        `sum by (rule_group) (rate(prometheus_rule_evaluations_total[${RATE}]))`,
      ),
      legend: '{{rule_group}}',
    },
  ],
});

export const evaluation = (): Lines => ({
  kind: 'lines',
  title: 'Evaluation of rule groups',
  description:
    'How long the last evaluation of each group took, as a share of its interval. From 1 on evaluations are missed',
  unit: 'percentunit',
  noData: NOT_SCRAPED,
  limits: { warning: 0.5, critical: 1 },
  queries: [
    {
      expr: 'max by (rule_group) (prometheus_rule_group_last_duration_seconds / prometheus_rule_group_interval_seconds)',
      legend: '{{rule_group}}',
    },
  ],
});
