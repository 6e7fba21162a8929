import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { above, always, below, mustNotGrow } from '../../../content/alerts/test-series';
import { logOf, make, pageOf, podsOf, query } from '../../../content/runbooks/checks';

const GROUP = '{job="prometheus",rule_group="a"}';

const ruleFailures: AlertDefinition = {
  name: 'PrometheusRuleFailures',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  rules: () => [
    {
      expr: 'sum by (rule_group) (increase(prometheus_rule_evaluation_failures_total[10m])) > 0',
      summary: 'Rules of {{ $labels.rule_group }} fail',
      description:
        'Prometheus could not evaluate them {{ $value | humanize }} times in 10 minutes. Their alerts are blind.',
    },
  ],
  runbook: (at) => ({
    meaning: 'A rule asks something that Prometheus cannot answer: mostly a join whose sides match more than once.',
    impact: 'Alerts and recorded series of this rule are missing, and what is built on them.',
    check: [
      pageOf(at.prometheus, 'Which rule fails, and with which error: the page Status > Rule health.', '/rules'),
      logOf(at.prometheus, 'The same from the log.', 'evaluating rule failed'),
    ],
    mend: [
      `If the rule is from a file in \`rules/\`, mend it there and run \`${make(at, 'monitor-up')}\`.`,
      'If it is one of the stack, switch the alert off with `alerts.rules.<name>.enabled: false`, and report it with the error.',
    ],
  }),
  test: () => mustNotGrow(`prometheus_rule_evaluation_failures_total${GROUP}`),
};

const rulesMissed: AlertDefinition = {
  name: 'PrometheusRulesMissed',
  owner: 'platform',
  severity: 'warning',
  for: '10m',
  rules: () => [
    {
      expr: 'sum by (rule_group) (increase(prometheus_rule_group_iterations_missed_total[10m])) > 0',
      summary: 'Rules of {{ $labels.rule_group }} are not evaluated in time',
      description: 'Evaluations were left out because the one before was still running.',
    },
  ],
  runbook: () => ({
    meaning: 'One evaluation of the group takes longer than the time until the next one.',
    impact: 'Alerts come late, and recorded series have gaps.',
    check: [
      query('How long each group takes, in seconds.', 'topk(5, prometheus_rule_group_last_duration_seconds)'),
      query('How many queries run at once, of at most 20.', 'prometheus_engine_queries'),
    ],
    mend: [
      'Give Prometheus more CPU: `prometheus.resources` in the environment file.',
      'Split a large group in `rules/` into several: groups are evaluated side by side.',
    ],
  }),
  test: () => mustNotGrow(`prometheus_rule_group_iterations_missed_total${GROUP}`),
};

const rulesSlow: AlertDefinition = {
  name: 'PrometheusRulesSlow',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  threshold: { value: 70, unit: 'percent', min: 10, max: 95 },
  rules: (threshold) => [
    {
      expr: `prometheus_rule_group_last_duration_seconds / prometheus_rule_group_interval_seconds > ${threshold / 100}`,
      summary: 'Rules of {{ $labels.rule_group }} take {{ $value | humanizePercentage }} of their interval',
      description: 'Beyond the interval evaluations are left out, and alerts come late.',
    },
  ],
  runbook: () => ({
    meaning: 'The rules of a group need almost as long as there is until their next evaluation.',
    impact: 'None yet.',
    check: [
      query('Seconds of each group.', 'topk(5, prometheus_rule_group_last_duration_seconds)'),
      query('How many series there are.', 'prometheus_tsdb_head_series'),
    ],
    mend: [
      'If the series have grown, see the runbook PrometheusTooManySeries.',
      'Give Prometheus more CPU, or raise `prometheus.evaluationInterval`.',
    ],
  }),
  test: (threshold) => {
    const group = (percent: number) => ({
      [`prometheus_rule_group_last_duration_seconds${GROUP}`]: always((15 * percent) / 100),
      [`prometheus_rule_group_interval_seconds${GROUP}`]: always(15),
    });
    return { fires: group(above(threshold)), quiet: group(below(threshold)) };
  },
};

const reloadFailed: AlertDefinition = {
  name: 'PrometheusReloadFailed',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  rules: () => [
    {
      expr: 'prometheus_config_last_reload_successful == 0',
      summary: 'Prometheus does not take its configuration',
      description: 'It goes on with the old one. At its next restart it will not start.',
    },
  ],
  runbook: (at) => ({
    meaning: 'The configuration or a rule file has changed, and Prometheus cannot read it.',
    impact: 'Changes of rules and scrape jobs have no effect. A restart would end in a crash loop.',
    check: [
      logOf(at.prometheus, 'The file, the line and the error.', 'reload|loading config|error'),
      query('When it last succeeded.', 'time() - prometheus_config_last_reload_success_timestamp_seconds'),
      podsOf(at.prometheus),
    ],
    mend: [
      `Undo the last change of \`rules/\`, \`patches\` or the environment file, then \`${make(at, 'monitor-up')}\`.`,
      'If a Secret was changed by hand, look whether every file that the configuration names is mounted.',
    ],
  }),
  test: () => {
    const name = 'prometheus_config_last_reload_successful{job="prometheus",instance="a"}';
    return { fires: { [name]: always(0) }, quiet: { [name]: always(1) } };
  },
};

/** Alerts on the rules and the configuration of Prometheus. */
export const prometheusRuleAlerts: AlertGroup = {
  name: 'prometheus-rules',
  title: 'Prometheus: rules and configuration',
  alerts: [ruleFailures, rulesMissed, rulesSlow, reloadFailed],
};
