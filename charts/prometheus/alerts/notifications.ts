import type { AlertContext, AlertDefinition, AlertGroup, AlertRule } from '../../../content/alerts/alert';
import { above, always, below, growing, mustNotGrow } from '../../../content/alerts/test-series';
import { logOf, make, podsOf, query } from '../../../content/runbooks/checks';
import type { Places } from '../../../content/runbooks/places';
import { PART_OF } from '../../../lib/labels';

const SELF = '{job="prometheus",instance="a"}';
const OF_ONE = '{job="prometheus",instance="a",alertmanager="http://b:9093/api/v2/alerts"}';

/** Whether Prometheus sends its alerts to any Alertmanager: the stack's, or one outside the stack. */
const notifies = ({ config, jobs }: AlertContext) =>
  jobs.includes('alertmanager') || config.prometheus.alertmanagers.length > 0;
const whereSent = (context: AlertContext, rule: AlertRule) => (notifies(context) ? [rule] : []);

const reachable = (at: Places) =>
  [
    podsOf(at.alertmanager),
    logOf(at.prometheus, 'The error of the last attempts.', 'alertmanager|notify'),
    query('Errors by Alertmanager.', 'sum by (alertmanager) (rate(prometheus_notifications_errors_total[10m]))'),
  ] as const;

const CHECK_OUTSIDE =
  'For one outside of the stack, check `prometheus.alertmanagers`: URL, credentials, certificate authority.';

const noAlertmanager: AlertDefinition = {
  name: 'PrometheusNoAlertmanager',
  owner: 'platform',
  severity: 'critical',
  for: '10m',
  rules: (_, context) =>
    whereSent(context, {
      expr: 'prometheus_notifications_alertmanagers_discovered < 1',
      summary: 'Prometheus knows no Alertmanager',
      description: 'One is configured, and discovery finds none: no alert is delivered.',
    }),
  runbook: (at) => ({
    meaning: 'The configuration names Alertmanagers, and Prometheus finds no address of any.',
    impact: "No alert is delivered. Only a dead-man's switch outside notices.",
    check: [
      podsOf(at.alertmanager),
      logOf(at.prometheus, 'Errors of discovery.', 'discovery|forbidden|alertmanager'),
      {
        look: 'Which Alertmanagers are configured.',
        command: `kubectl get configmap -n ${at.namespace} -l app.kubernetes.io/part-of=${PART_OF} -o yaml | grep -A20 alertmanagers:`,
      },
    ],
    mend: [
      at.alertmanager &&
        `If there is no pod of Alertmanager, run \`${make(at, 'monitor-up')}\`; if it is not ready, \`${make(at, 'monitor-status')}\` says why.`,
      at.alertmanager &&
        `If pods are ready and are not found, the Role of Prometheus is gone: \`${make(at, 'monitor-up')}\` creates it.`,
      at.outsideAlertmanagers ? CHECK_OUTSIDE : null,
    ],
  }),
  test: () => {
    const name = `prometheus_notifications_alertmanagers_discovered${SELF}`;
    return { fires: { [name]: always(0) }, quiet: { [name]: always(1) } };
  },
};

const notificationsFail: AlertDefinition = {
  name: 'PrometheusNotificationsFail',
  owner: 'platform',
  severity: 'critical',
  for: '10m',
  threshold: { value: 5, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, context) =>
    whereSent(context, {
      expr: `sum by (alertmanager) (rate(prometheus_notifications_errors_total[10m])) / sum by (alertmanager) (rate(prometheus_notifications_sent_total[10m])) > ${threshold / 100}`,
      summary: 'Alerts do not reach {{ $labels.alertmanager }}',
      description: '{{ $value | humanizePercentage }} of the alerts that Prometheus sends there meet an error.',
    }),
  runbook: (at) => ({
    meaning: 'Prometheus cannot hand its alerts to this Alertmanager.',
    impact: 'If all Alertmanagers fail, no notification is sent. If one of several fails, the others send them.',
    check: reachable(at),
    mend: [
      at.alertmanager && `If its pod is not ready, mend that: \`${make(at, 'monitor-status')}\`.`,
      at.alertmanager &&
        `If it is ready, look whether the NetworkPolicies let Prometheus out and Alertmanager in: \`${make(at, 'monitor-up')}\` renders both.`,
      at.outsideAlertmanagers ? CHECK_OUTSIDE : null,
    ],
  }),
  test: (threshold) => {
    const errors = (percent: number) => ({
      [`prometheus_notifications_errors_total${OF_ONE}`]: growing(percent),
      [`prometheus_notifications_sent_total${OF_ONE}`]: growing(100),
    });
    return { fires: errors(above(threshold)), quiet: errors(below(threshold)) };
  },
};

const notificationsQueue: AlertDefinition = {
  name: 'PrometheusNotificationQueueFills',
  owner: 'platform',
  severity: 'warning',
  for: '10m',
  threshold: { value: 50, unit: 'percent', min: 5, max: 95 },
  rules: (threshold, context) =>
    whereSent(context, {
      expr: `max by (job, instance) (prometheus_notifications_queue_length) / max by (job, instance) (prometheus_notifications_queue_capacity) > ${threshold / 100}`,
      summary: 'The queue of alerts in Prometheus is {{ $value | humanizePercentage }} full',
      description: 'Alertmanager takes them too slowly, or not at all.',
    }),
  runbook: (at) => ({
    meaning: 'Alerts wait in Prometheus until an Alertmanager takes them.',
    impact: 'Alerts come late. When the queue is full, the oldest are thrown away.',
    check: [
      query('Alerts that fire, by name.', 'topk(10, count by (alertname) (ALERTS{alertstate="firing"}))'),
      ...reachable(at),
    ],
    mend: [
      'If one alert fires for very many series, switch it off with `alerts.rules.<name>.enabled: false` until its cause is mended.',
      'Else see the runbook PrometheusNotificationsFail.',
    ],
  }),
  test: (threshold) => {
    const queue = (percent: number) => ({
      [`prometheus_notifications_queue_length${OF_ONE}`]: always(percent * 100),
      [`prometheus_notifications_queue_capacity${SELF}`]: always(10_000),
    });
    return { fires: queue(above(threshold)), quiet: queue(below(threshold)) };
  },
};

const dropsAlerts: AlertDefinition = {
  name: 'PrometheusDropsAlerts',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  rules: (_, context) =>
    whereSent(context, {
      expr: 'sum by (alertmanager) (increase(prometheus_notifications_dropped_total[10m])) > 0',
      summary: 'Prometheus throws alerts away that {{ $labels.alertmanager }} did not take',
      description: '{{ $value | humanize }} alerts in 10 minutes were not delivered there.',
    }),
  runbook: (at) => ({
    meaning: 'The queue was full, or the last attempt to deliver failed.',
    impact: 'Alerts that fire are sent again at the next evaluation; those that end unseen are lost.',
    check: reachable(at),
    mend: ['As for PrometheusNotificationsFail: bring the Alertmanager back, or open the way to it.'],
  }),
  test: () => mustNotGrow(`prometheus_notifications_dropped_total${OF_ONE}`),
};

/** Alerts on the way from Prometheus to Alertmanager. */
export const notificationAlerts: AlertGroup = {
  name: 'prometheus-notifications',
  title: 'Prometheus: alerts on their way to Alertmanager',
  alerts: [noAlertmanager, notificationsFail, notificationsQueue, dropsAlerts],
};
