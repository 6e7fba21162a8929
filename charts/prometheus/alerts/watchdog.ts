import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { WATCHDOG } from '../../../content/alerts/watchdog';
import { logOf, podsOf, query, status } from '../../../content/runbooks/checks';
import type { Places } from '../../../content/runbooks/places';

/** How alerts are delivered: by Grafana, or by Alertmanager. */
const deliveryChecks = (at: Places) =>
  at.evaluatedBy === 'grafana'
    ? [podsOf(at.grafana), logOf(at.grafana, 'What deliveries failed with.', 'ngalert.*error|notif')]
    : [
        podsOf(at.alertmanager),
        query('Does Prometheus know an Alertmanager?', 'prometheus_notifications_alertmanagers_discovered'),
        logOf(at.prometheus, 'Whether Alertmanager takes the alerts.', 'alertmanager|notify'),
        logOf(at.alertmanager, 'What deliveries failed with.', 'notify|error'),
      ];

const mendDelivery = (at: Places) =>
  at.evaluatedBy === 'grafana'
    ? ['If deliveries fail, see the runbook GrafanaNotificationsFail: often a token has expired, or egress is blocked.']
    : [
        'If Prometheus knows no Alertmanager, see the runbook PrometheusNoAlertmanager.',
        at.alertmanager &&
          'If deliveries fail, see the runbook AlertmanagerNotificationsFail: often a token has expired, or egress is blocked.',
        at.outsideAlertmanagers
          ? 'If an Alertmanager outside refuses alerts, see the runbook PrometheusNotificationsFail.'
          : null,
      ];

/** Always fires: an external service notices when this alert no longer arrives. */
const watchdog: AlertDefinition = {
  name: WATCHDOG,
  owner: 'platform',
  severity: 'info',
  for: '0s',
  rules: () => [
    {
      expr: 'vector(1)',
      summary: 'Alerts are evaluated and delivered',
      description: 'This alert always fires. A service outside waits for it, and raises the alarm when it stays away.',
    },
  ],
  runbook: (at) => ({
    meaning: "A dead-man's switch: it always fires. You are here because it stopped arriving.",
    impact: 'No alert of this stack is delivered until it arrives again.',
    check: [status(at), podsOf(at.prometheus), ...deliveryChecks(at)],
    mend: [
      'If pods are not ready, mend those first.',
      ...mendDelivery(at),
      'If nothing fails here, the service outside has a fault, or its URL has changed.',
    ],
  }),
  test: () => ({ fires: {}, quiet: null }),
};

const targetFlaps: AlertDefinition = {
  name: 'TargetFlaps',
  owner: 'platform',
  severity: 'warning',
  for: '5m',
  threshold: { value: 6, unit: 'changes an hour', min: 2, max: 60 },
  rules: (threshold) => [
    {
      expr: `changes(up[1h]) > ${threshold}`,
      summary: '{{ $labels.job }} on {{ $labels.instance }} comes and goes',
      description: 'Its scrapes succeeded and failed {{ $value }} times in turn within an hour.',
    },
  ],
  runbook: (at) => ({
    meaning: 'Scrapes of the target fail now and then: it restarts, or it answers too late under load.',
    impact: 'Its graphs have gaps, and alerts that must last for some minutes may never fire.',
    check: [
      status(at),
      query('When it was down.', 'min_over_time(up[1h]) == 0'),
      query(
        'Whether it answers late: the timeout is 10 s or less.',
        'topk(10, max_over_time(scrape_duration_seconds[1h]))',
      ),
    ],
    mend: [
      'If its pod restarts, mend that: the last state of its container says why.',
      'If it answers late, give it more CPU: `resources` of the component in the environment file.',
    ],
  }),
  test: (threshold) => ({
    fires: { 'up{job="a",instance="b"}': '0 1 '.repeat(120).trim() },
    // As many as are allowed, shortly before the evaluation.
    quiet: { 'up{job="a",instance="b"}': `1x150 ${'0 1 '.repeat(Math.floor(threshold / 2))}1x60` },
  }),
};

/** Alerts on alerting itself. */
export const watchdogAlerts: AlertGroup = {
  name: 'watchdog',
  title: 'Whether anything would be noticed',
  alerts: [watchdog, targetFlaps],
};
