import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { RANGE } from '../../../content/alerts/counters';
import { above, allOf, always, below, growing, mustNotGrow } from '../../../content/alerts/test-series';
import { logOf, make, podsOf, query, spaceOn } from '../../../content/runbooks/checks';

const OF_ALERTMANAGER = 'job="alertmanager"';
const POD = `${OF_ALERTMANAGER},instance="a",pod="alertmanager-0"`;

const reloadFailed: AlertDefinition = {
  name: 'AlertmanagerReloadFailed',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  rules: () => [
    {
      expr: `max by (pod) (alertmanager_config_last_reload_successful{${OF_ALERTMANAGER}}) == 0`,
      summary: '{{ $labels.pod }} does not take its configuration',
      description: 'It goes on with the old one. At its next restart it will not start.',
    },
  ],
  runbook: (at) => ({
    meaning: 'The configuration or a Secret has changed, and Alertmanager cannot read it.',
    impact:
      'Changes of receivers and routes have no effect. A restart would end in a crash loop, and no notification would be sent.',
    check: [logOf(at.alertmanager, 'The field and the error.', 'configuration|reload'), podsOf(at.alertmanager)],
    mend: [
      `Undo the last change of \`alertmanager\` in the environment file, then \`${make(at, 'monitor-up')}\`.`,
      'If the log names a file that is missing, create the Secret that the receiver refers to.',
    ],
  }),
  test: () => {
    const name = `alertmanager_config_last_reload_successful{${POD}}`;
    return { fires: { [name]: always(0) }, quiet: { [name]: always(1) } };
  },
};

const notificationsFail: AlertDefinition = {
  name: 'AlertmanagerNotificationsFail',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  threshold: { value: 5, unit: 'percent', min: 0.1, max: 95 },
  rules: (threshold) => [
    {
      expr: `sum by (integration) (rate(alertmanager_notifications_failed_total{${OF_ALERTMANAGER}}[${RANGE}])) / sum by (integration) (rate(alertmanager_notifications_total{${OF_ALERTMANAGER}}[${RANGE}])) > ${threshold / 100}`,
      summary: '{{ $value | humanizePercentage }} of the notifications by {{ $labels.integration }} fail',
      description: 'Alerts do not arrive there. Another receiver may still get them.',
    },
  ],
  runbook: (at) => ({
    meaning: 'The receiver (mail server, Slack, webhook) refuses notifications, or cannot be reached.',
    impact: 'No notification arrives this way. Alertmanager tries again until the alert ends.',
    check: [
      logOf(at.alertmanager, 'The answer of the receiver.', 'notify|retry|error'),
      query(
        'Why, by reason.',
        `sum by (integration, reason) (increase(alertmanager_notifications_failed_total{${OF_ALERTMANAGER}}[1h])) > 0`,
      ),
    ],
    mend: [
      'authError or clientError: renew the URL, token or password in the Secret of the receiver.',
      'contextDeadlineExceeded: the egress rule is missing or its range wrong (`cidr` of the receiver).',
      'rateLimited: too many alerts. Silence the loudest: `topk(5, count by (alertname) (ALERTS{alertstate="firing"}))`.',
    ],
  }),
  test: (threshold) => {
    const failed = (percent: number) => ({
      [`alertmanager_notifications_failed_total{${POD},integration="slack",reason="serverError"}`]: growing(percent),
      [`alertmanager_notifications_total{${POD},integration="slack"}`]: growing(100),
    });
    return { fires: failed(above(threshold)), quiet: failed(below(threshold)) };
  },
};

const refusesAlerts: AlertDefinition = {
  name: 'AlertmanagerRefusesAlerts',
  owner: 'platform',
  severity: 'warning',
  for: '5m',
  rules: () => [
    {
      expr: `sum by (pod) (increase(alertmanager_alerts_invalid_total{${OF_ALERTMANAGER}}[${RANGE}])) > 0`,
      summary: '{{ $labels.pod }} refuses alerts as invalid',
      description: 'It gets alerts that it does not understand: they cause no notification.',
    },
  ],
  runbook: (at) => ({
    meaning: 'An alert had an empty or malformed label, or no name.',
    impact: 'These alerts are lost.',
    check: [
      logOf(at.alertmanager, 'Which alert.', 'invalid|bad'),
      query('Alerts that fire.', 'ALERTS{alertstate="firing"}'),
    ],
    mend: ['Mend the rule that makes it: mostly a template in a label of a rule in `rules/`.'],
  }),
  test: () => mustNotGrow(`alertmanager_alerts_invalid_total{${POD},version="v2"}`),
};

const ERRORS = ['alertmanager_nflog_maintenance_errors_total', 'alertmanager_silences_maintenance_errors_total'];

const stateNotSaved: AlertDefinition = {
  name: 'AlertmanagerStateNotSaved',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  rules: () => [
    {
      expr: ERRORS.map((metric) => `sum by (pod) (increase(${metric}{${OF_ALERTMANAGER}}[1h])) > 0`).join(' or '),
      summary: '{{ $labels.pod }} cannot save silences and its log of notifications',
      description: 'After a restart silences are gone, and notifications come twice.',
    },
  ],
  runbook: (at) => ({
    meaning: 'Alertmanager writes its state to its claim every 15 minutes. That fails.',
    impact: 'None until it restarts.',
    check: [
      logOf(at.alertmanager, 'The error.', 'maintenance|snapshot|error'),
      spaceOn(at.claims.alertmanager, 'Space on its claims.'),
    ],
    mend: [
      'Free or enlarge the claim: `alertmanager.storage`.',
      'Read-only file system: delete the pod, so that the volume is mounted again.',
    ],
  }),
  test: () => ({
    fires: allOf([`${ERRORS[0]}{${POD}}`], growing(1)),
    quiet: allOf([`${ERRORS[0]}{${POD}}`, `${ERRORS[1]}{${POD}}`], always(1)),
  }),
};

/** Alerts on the delivery of notifications. */
export const alertmanagerAlerts: AlertGroup = {
  name: 'alertmanager',
  title: 'Alertmanager: delivery',
  alerts: [reloadFailed, notificationsFail, refusesAlerts, stateNotSaved],
};
