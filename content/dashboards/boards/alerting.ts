/** Alerts, their rules, and their notifications. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import type { ContentSettings } from '../../settings';
import type { Dashboard, Row, Variable } from '../spec';
import { alertsHeld, configuration, configurations, faults, gossip, members, silences } from './alerting-alertmanager';
import { failed, failingNow, known, latency, lost, lostNow, queue, sent, silencesNow } from './alerting-delivery';
import { firing, inGrafana } from './alerting-firing';
import { deliveryNow, evaluations, notifications, rulesNow } from './alerting-grafana';
import { byName, bySeverity, firingNow, pendingNow } from './alerting-now';
import { duration, failing, missed, failingNow as rulesFailingNow, slowestNow } from './alerting-rules';

type Settings = Pick<ContentSettings, 'alerts' | 'alertmanager'>;

const owner: Variable = {
  name: 'owner',
  label: 'Owner',
  description:
    'Teams that alerts belong to: the label owner. The list has those with an alert that is pending or fires',
  of: 'owner',
  series: ['ALERTS'],
  several: true,
};
const CHOSEN = 'owner=~"$owner"';

const IN_GRAFANA: Row = { title: "Do Grafana's own alerts work?", panels: [evaluations(), notifications()] };

/** The state and the list of alerts. Prometheus has no series of alerts that Grafana evaluates. */
function now({ alerts }: Settings): Row[] {
  if (alerts.evaluatedBy === 'grafana') {
    return [
      { title: 'Can alerts fire?', panels: [rulesNow(), deliveryNow(), rulesFailingNow(), slowestNow()] },
      { title: 'What fires, and since when?', panels: [inGrafana()] },
      IN_GRAFANA,
    ];
  }
  return [
    {
      title: 'Does anything fire?',
      panels: [
        firingNow('critical', CHOSEN),
        firingNow('warning', CHOSEN),
        pendingNow(CHOSEN),
        failingNow(),
        lostNow(),
        rulesFailingNow(),
        slowestNow(),
        silencesNow(),
      ],
    },
    {
      title: 'What fires, and since when?',
      panels: [firing(alerts, { matchers: CHOSEN, by: { owner: 'Owner' } })],
    },
    { title: 'When did it begin?', panels: [bySeverity(CHOSEN), byName(CHOSEN)] },
  ];
}

/** "Alerts". */
export const alerting = (settings: Settings): Dashboard => ({
  uid: DASHBOARD_UIDS.alerting,
  title: 'Alerts',
  description: 'What fires and since when, whether the rules are evaluated, and whether notifications are delivered',
  tags: ['alerts'],
  variables: [owner],
  annotations: [],
  related: [
    DASHBOARD_UIDS.home,
    DASHBOARD_UIDS.janServer,
    DASHBOARD_UIDS.services,
    DASHBOARD_UIDS.slo,
    DASHBOARD_UIDS.prometheus,
  ],
  rows: [
    ...now(settings),
    { title: 'Are the rules of Prometheus evaluated?', panels: [failing(), duration(), missed()] },
    { title: 'Are notifications delivered?', closed: true, panels: [sent(), failed(), latency()] },
    { title: 'Do alerts reach Alertmanager?', closed: true, panels: [lost(), queue(), known()] },
    {
      title: 'Is Alertmanager well?',
      closed: true,
      panels: [
        alertsHeld(),
        silences(),
        faults(),
        configuration(),
        ...(settings.alertmanager.replicas > 1 ? [members(), gossip(), configurations()] : []),
      ],
    },
    ...(settings.alerts.evaluatedBy === 'prometheus' ? [{ ...IN_GRAFANA, closed: true }] : []),
  ],
});
