import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { hasGrown, RANGE } from '../../../content/alerts/counters';
import { above, always, below, growing, lately, mustNotGrow } from '../../../content/alerts/test-series';
import { logOf, podsOf, query } from '../../../content/runbooks/checks';
import type { Places } from '../../../content/runbooks/places';

const OF_GRAFANA = 'job="grafana"';
const POD = `${OF_GRAFANA},instance="a",pod="grafana-0"`;

/** A text that applies only if Prometheus evaluates the stack's alerts. */
const wherePrometheus = ({ evaluatedBy }: Places, text: string) => (evaluatedBy === 'prometheus' ? text : '');

const errors: AlertDefinition = {
  name: 'GrafanaErrors',
  owner: 'platform',
  severity: 'warning',
  for: '10m',
  threshold: { value: 5, unit: 'percent', min: 0.1, max: 95 },
  rules: (threshold) => [
    {
      expr: `sum by (pod) (rate(grafana_http_request_duration_seconds_count{${OF_GRAFANA},status_code=~"5.."}[${RANGE}])) / sum by (pod) (rate(grafana_http_request_duration_seconds_count{${OF_GRAFANA}}[${RANGE}])) > ${threshold / 100}`,
      summary: '{{ $value | humanizePercentage }} of the requests to {{ $labels.pod }} fail',
      description: 'Grafana answers browsers with status 5xx.',
    },
  ],
  runbook: (at) => ({
    meaning: 'Grafana itself fails, or what it asks for a panel does.',
    impact: `Pages or panels show errors.${wherePrometheus(at, ' Alerts of Prometheus do not depend on Grafana.')}`,
    check: [
      query(
        'Which handlers fail.',
        `topk(5, sum by (handler, status_code) (rate(grafana_http_request_duration_seconds_count{${OF_GRAFANA},status_code=~"5.."}[10m])))`,
      ),
      logOf(at.grafana, 'The errors.', '"level":"error"'),
      podsOf(at.grafana),
    ],
    mend: [
      'Handlers that query datasources: see the runbook GrafanaDatasourceErrors.',
      at.claims.grafana === null
        ? 'Errors of its database (connection refused, timeout): mend the database that `grafana.database` names.'
        : `Errors of its database (locked, disk full): free or enlarge the claim ${at.claims.grafana.name}, \`grafana.storage\`.`,
    ],
  }),
  test: (threshold) => {
    const answers = (percent: number) => ({
      [`grafana_http_request_duration_seconds_count{${POD},status_code="500"}`]: growing(percent),
      [`grafana_http_request_duration_seconds_count{${POD},status_code="200"}`]: growing(100 - percent),
    });
    return { fires: answers(above(threshold)), quiet: answers(below(threshold)) };
  },
};

/** Datasources are separate plugins since Grafana 13: their requests are counted where Grafana calls the plugin. */
const datasourceErrors: AlertDefinition = {
  name: 'GrafanaDatasourceErrors',
  owner: 'platform',
  severity: 'warning',
  for: '10m',
  threshold: { value: 10, unit: 'percent', min: 0.1, max: 95 },
  rules: (threshold) => [
    {
      expr: `sum by (plugin_id) (rate(grafana_plugin_request_total{${OF_GRAFANA},status="error"}[${RANGE}])) / sum by (plugin_id) (rate(grafana_plugin_request_total{${OF_GRAFANA}}[${RANGE}])) > ${threshold / 100}`,
      summary: '{{ $value | humanizePercentage }} of the requests to datasource {{ $labels.plugin_id }} fail',
      description: 'Panels on it show errors.',
    },
  ],
  runbook: (at) => ({
    meaning: 'Prometheus, Jaeger or a datasource of your own does not answer Grafana, or refuses what a panel asks.',
    impact: 'Panels on this datasource are empty or red.',
    check: [
      logOf(at.grafana, 'The error.', 'datasource|plugin|status=error'),
      query('Are Prometheus and Jaeger up? 1: yes.', 'up{job=~"prometheus|jaeger.*"}'),
      query(
        'What causes them: `downstream` is the datasource, `plugin` is Grafana.',
        `sum by (plugin_id, status_source) (rate(grafana_plugin_request_total{${OF_GRAFANA},status="error"}[10m]))`,
      ),
    ],
    mend: [
      'If the datasource is down, mend that first.',
      'If one dashboard of your own causes the errors, its queries are wrong: Inspect > Query in the panel shows the answer.',
    ],
  }),
  test: (threshold) => {
    const requests = (percent: number) => ({
      [`grafana_plugin_request_total{${POD},plugin_id="prometheus",endpoint="queryData",status="error"}`]:
        growing(percent),
      [`grafana_plugin_request_total{${POD},plugin_id="prometheus",endpoint="queryData",status="ok"}`]: growing(
        100 - percent,
      ),
    });
    return { fires: requests(above(threshold)), quiet: requests(below(threshold)) };
  },
};

const rulesFail: AlertDefinition = {
  name: 'GrafanaAlertRulesFail',
  owner: 'platform',
  severity: 'warning',
  for: '10m',
  rules: () => [
    {
      expr: `sum by (org) (increase(grafana_alerting_rule_evaluation_failures_total{${OF_GRAFANA}}[${RANGE}])) > 0`,
      summary: 'Grafana cannot evaluate alert rules of its own',
      description: '{{ $value | humanize }} evaluations in 10 minutes have failed.',
    },
  ],
  runbook: (at) => ({
    meaning: 'An alert rule in Grafana asks a datasource that fails, or asks it something that it does not understand.',
    impact: `That alert does not fire.${wherePrometheus(at, ' Those of Prometheus still do.')}`,
    check: [logOf(at.grafana, 'The rule and its error.', 'ngalert.*error|rule_uid'), podsOf(at.grafana)],
    mend: [
      'Mend the rule in Grafana under Alerting > Alert rules, or delete it.',
      'If the datasource fails, see the runbook GrafanaDatasourceErrors.',
    ],
  }),
  test: () => mustNotGrow(`grafana_alerting_rule_evaluation_failures_total{${POD},org="1"}`),
};

const notificationsFail: AlertDefinition = {
  name: 'GrafanaNotificationsFail',
  owner: 'platform',
  severity: 'critical',
  for: '1m',
  rules: () => [
    {
      expr: hasGrown(`grafana_alerting_notifications_failed_total{${OF_GRAFANA}}`, ['integration']),
      summary: 'Grafana cannot notify by {{ $labels.integration }}',
      description: 'Alerts of Grafana do not arrive there.',
    },
  ],
  runbook: (at) => ({
    meaning: 'A contact point of Grafana refuses notifications, or cannot be reached.',
    impact:
      at.evaluatedBy === 'grafana'
        ? 'No alert of this stack is delivered by this contact point.'
        : 'Alerts that were made in Grafana are not delivered. Those of Prometheus go through Alertmanager.',
    check: [logOf(at.grafana, 'The answer.', 'notif|contact')],
    mend: [
      'Renew the URL or the password in the Secret that `grafana.contactPoints` or `grafana.smtp` names, then restart Grafana.',
      'If it times out, the egress rule is missing or its range wrong: `grafana.smtp.cidr`.',
    ],
  }),
  test: () => {
    const failed = `grafana_alerting_notifications_failed_total{${POD},org="1",integration="slack"}`;
    const up = { [`up{${POD}}`]: always(1) };
    return { fires: { ...up, [failed]: lately(1) }, quiet: { ...up, [failed]: always(1) } };
  },
};

/** Alerts on Grafana. */
export const grafanaAlerts: AlertGroup = {
  name: 'grafana',
  title: 'Grafana',
  alerts: [errors, datasourceErrors, rulesFail, notificationsFail],
};
