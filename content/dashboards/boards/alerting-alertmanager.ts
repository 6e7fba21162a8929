/** Panels of alerts: Alertmanager itself. */
import { NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';
import { UNITS } from '../units';
import { OF_ALERTMANAGER } from './alerting-delivery';

const held = (metric: string) => `max by (state) (alertmanager_${metric}{${OF_ALERTMANAGER}})`;

export const alertsHeld = (): Lines => ({
  kind: 'lines',
  title: 'Alerts in Alertmanager',
  description: 'Alerts by state: those that are suppressed are silenced, or inhibited by another alert',
  unit: UNITS.count,
  noData: NOT_SCRAPED,
  queries: [{ expr: held('alerts'), legend: '{{state}}' }],
});

export const silences = (): Lines => ({
  kind: 'lines',
  title: 'Silences by state',
  description: 'An active silence that is forgotten hides alerts; a pending one has not begun',
  unit: UNITS.count,
  noData: NOT_SCRAPED,
  queries: [{ expr: held('silences'), legend: '{{state}}' }],
});

const increase = (counter: string) => `sum by (pod) (increase(alertmanager_${counter}{${OF_ALERTMANAGER}}[${RATE}]))`;

export const faults = (): Lines => ({
  kind: 'lines',
  title: 'Faults of Alertmanager',
  description:
    'Alerts that it refused, and attempts to save silences or its log of notifications that failed, in each step of the graph. After a restart, what was not saved is gone',
  unit: UNITS.count,
  noData: NOT_SCRAPED,
  queries: [
    { expr: increase('alerts_invalid_total'), legend: '{{pod}} alerts refused' },
    { expr: increase('silences_maintenance_errors_total'), legend: '{{pod}} silences not saved' },
    { expr: increase('nflog_maintenance_errors_total'), legend: '{{pod}} log not saved' },
  ],
});

export const configuration = (): Lines => ({
  kind: 'lines',
  title: 'Configuration of Alertmanager',
  description: 'Whether the last configuration is in force: 1 yes, 0 no, and the one before is',
  unit: UNITS.number,
  noData: NOT_SCRAPED,
  max: 1,
  queries: [
    {
      expr: `max by (pod) (alertmanager_config_last_reload_successful{${OF_ALERTMANAGER}})`,
      legend: '{{pod}}',
    },
  ],
});

/** Only where there are several replicas: a single one has no members. */
export const members = (): Lines => ({
  kind: 'lines',
  title: 'Members of the gossip',
  description:
    'How many Alertmanagers each one sees, itself included, and how many it has lost. They must all see each other, or notifications come twice',
  unit: UNITS.count,
  noData: NOT_SCRAPED,
  queries: [
    { expr: `max by (pod) (alertmanager_cluster_members{${OF_ALERTMANAGER}})`, legend: '{{pod}} sees' },
    { expr: `max by (pod) (alertmanager_cluster_failed_peers{${OF_ALERTMANAGER}})`, legend: '{{pod}} lost' },
  ],
});

export const gossip = (): Lines => ({
  kind: 'lines',
  title: 'Health of the gossip',
  description: 'Health score of each Alertmanager: 0 is well, and each step up is a message that was late or lost',
  unit: UNITS.number,
  noData: NOT_SCRAPED,
  queries: [{ expr: `max by (pod) (alertmanager_cluster_health_score{${OF_ALERTMANAGER}})`, legend: '{{pod}}' }],
});

/** Only where there are several replicas. */
export const configurations = (): Lines => ({
  kind: 'lines',
  title: 'Configurations of Alertmanager',
  description: 'How many different configurations are in force: from 2 on, it depends on the replica who is notified',
  unit: UNITS.count,
  noData: NOT_SCRAPED,
  queries: [
    {
      expr: `count(count_values("configuration", alertmanager_config_hash{${OF_ALERTMANAGER}}))`,
      legend: 'configurations',
    },
  ],
});
