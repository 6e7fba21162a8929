/** Panels of a runbook page that say for what its alert fires. */
import type { Severity } from '../../alerts/alert';
import { DATASOURCES } from '../datasources';
import { IDS } from './model';
import type { Stacked } from './stacked';

const HEIGHTS = { stat: 4, list: 12 } as const;

/** Of an alert that does not fire: neither good nor bad. */
const NEUTRAL = 'text';
const COLOURS: Readonly<Record<Severity, string>> = { critical: 'red', warning: 'orange', info: 'blue' };

/** Prometheus' own series of its alerts: how many there are, and which. */
export function firing(name: string, severity: Severity): Stacked[] {
  const of = `{alertname="${name}"}`;
  return [
    {
      h: HEIGHTS.stat,
      panel: {
        id: IDS.firing,
        type: 'stat',
        title: 'Firing',
        datasource: DATASOURCES.prometheus,
        targets: [
          { refId: 'A', expr: `count(ALERTS{alertname="${name}",alertstate="firing"})`, instant: true, range: false },
        ],
        fieldConfig: {
          defaults: {
            unit: 'short',
            noValue: 'not firing',
            mappings: [
              { type: 'special', options: { match: 'null+nan', result: { text: 'not firing', color: NEUTRAL } } },
            ],
            thresholds: {
              mode: 'absolute',
              steps: [
                { color: NEUTRAL, value: null },
                { color: COLOURS[severity], value: 1 },
              ],
            },
          },
          overrides: [],
        },
        options: {
          colorMode: 'value',
          graphMode: 'none',
          textMode: 'value',
          reduceOptions: { calcs: ['lastNotNull'] },
        },
      },
    },
    {
      h: HEIGHTS.list,
      panel: {
        id: IDS.instances,
        type: 'table',
        title: 'Which ones, since when',
        datasource: DATASOURCES.prometheus,
        targets: [
          {
            refId: 'A',
            // The time in milliseconds at which each began to be pending, with its state.
            expr: `ALERTS${of} * ignoring (alertstate) group_left () ALERTS_FOR_STATE${of} * 1000`,
            format: 'table',
            instant: true,
            range: false,
          },
        ],
        transformations: [
          {
            id: 'organize',
            options: {
              excludeByName: { Time: true, alertname: true, severity: true, owner: true },
              indexByName: { Value: 0, alertstate: 1 },
              renameByName: { Value: 'Since', alertstate: 'State' },
            },
          },
        ],
        fieldConfig: {
          defaults: { noValue: 'None is firing or pending' },
          overrides: [
            {
              matcher: { id: 'byName', options: 'Since' },
              properties: [{ id: 'unit', value: 'dateTimeFromNow' }],
            },
          ],
        },
        options: { sortBy: [{ displayName: 'Since', desc: true }] },
      },
    },
  ];
}

/** Grafana's own list, for alerts that Grafana evaluates: their names begin with that of ours. */
export const listed = (name: string): Stacked => ({
  h: HEIGHTS.stat + HEIGHTS.list,
  panel: {
    id: IDS.instances,
    type: 'alertlist',
    title: 'Which ones, since when',
    options: {
      viewMode: 'list',
      groupMode: 'default',
      alertName: name,
      showInstances: true,
      maxItems: 50,
      sortOrder: 5,
      dashboardAlerts: false,
      alertInstanceLabelFilter: '',
      stateFilter: { firing: true, pending: true, recovering: true, noData: true, normal: true, error: true },
    },
  },
});
