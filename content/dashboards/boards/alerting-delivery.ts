/** Panels of alerts: notifications. */
import { quantileOf, ratio } from '../../../metrics/spans';
import { NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';

const NO_ALERTMANAGER = 'No metrics: is Alertmanager up? Its target on the Prometheus dashboard shows the error';

export const known = (): Values => ({
  kind: 'stat',
  title: 'Alertmanagers that Prometheus knows',
  description: 'Each must be known to every Prometheus. With none no alert reaches anybody',
  unit: 'short',
  noData: NOT_SCRAPED,
  width: 6,
  limits: { warning: 1, critical: 0.5 },
  queries: [{ expr: 'min(prometheus_notifications_alertmanagers_discovered)', legend: 'known' }],
});

export const members = (): Values => ({
  kind: 'stat',
  title: 'Members of the gossip',
  description:
    'How many Alertmanagers the most lonely one sees, itself included. They must all see each other, or alerts arrive twice',
  unit: 'short',
  noData: 'None: one Alertmanager does not gossip',
  width: 6,
  queries: [{ expr: 'min(alertmanager_cluster_members)', legend: 'members' }],
});

export const held = (): Values => ({
  kind: 'stat',
  title: 'Alerts in Alertmanager',
  description: 'Alerts by state: suppressed ones are silenced or inhibited',
  unit: 'short',
  noData: NO_ALERTMANAGER,
  width: 6,
  queries: [{ expr: 'max by (state) (alertmanager_alerts)', legend: '{{state}}' }],
});

export const silences = (): Values => ({
  kind: 'stat',
  title: 'Silences',
  description: 'Silences by state. An active one that nobody remembers hides alerts',
  unit: 'short',
  noData: NO_ALERTMANAGER,
  width: 6,
  queries: [{ expr: 'max by (state) (alertmanager_silences)', legend: '{{state}}' }],
});

export const sent = (): Lines => ({
  kind: 'lines',
  title: 'Notifications by integration',
  description: 'Notifications a second that Alertmanager tried to deliver',
  unit: 'ops',
  noData: NO_ALERTMANAGER,
  queries: [
    { expr: `sum by (integration) (rate(alertmanager_notifications_total[${RATE}])) > 0`, legend: '{{integration}}' },
  ],
});

export const failed = (): Lines => ({
  kind: 'lines',
  title: 'Notifications that fail',
  description: 'Share of notifications that could not be delivered. Its log names the reason',
  unit: 'percentunit',
  noData: 'None tried to send: no notification was due in this time',
  limits: { warning: 0.01, critical: 0.1 },
  queries: [
    {
      expr: ratio(
        `sum by (integration) (rate(alertmanager_notifications_failed_total[${RATE}]))`,
        `sum by (integration) (rate(alertmanager_notifications_total[${RATE}]))`,
      ),
      legend: '{{integration}}',
    },
  ],
});

export const latency = (): Lines => ({
  kind: 'lines',
  title: '95th percentile of notifications',
  description: 'How long delivery takes, by integration',
  unit: 's',
  noData: 'None was sent in this time',
  queries: [
    {
      expr: quantileOf(0.95, 'alertmanager_notification_latency_seconds_bucket', { range: RATE, by: ['integration'] }),
      legend: '{{integration}}',
    },
  ],
});

export const dropped = (): Lines => ({
  kind: 'lines',
  title: 'Alerts that do not reach Alertmanager',
  description: 'Alerts a second that Prometheus could not hand over, by Alertmanager',
  unit: 'ops',
  noData: 'None: no Alertmanager is configured',
  queries: [
    {
      expr: `sum by (alertmanager) (rate(prometheus_notifications_errors_total[${RATE}]))`,
      legend: '{{alertmanager}} errors',
    },
    {
      expr: `sum by (alertmanager) (rate(prometheus_notifications_dropped_total[${RATE}]))`,
      legend: '{{alertmanager}} dropped',
    },
  ],
});
