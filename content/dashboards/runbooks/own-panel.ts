/** A graph on the runbook page itself, for an alert that no dashboard shows. */
import type { ConfiguredAlert } from '../../alerts/configured';
import { runbookUid } from '../../runbooks/url';
import type { AlertPanel, AlertPanels } from '../alert-panels';
import { DATASOURCES } from '../datasources';
import { type Measured, measuredBy } from './measured';
import { IDS } from './model';
import type { Stacked } from './stacked';

const TITLE = 'What the rule measures';
const HEIGHT = 9;
/** More lines than that are no graph. */
const MOST_QUERIES = 6;

const measuredIn = ({ rules }: ConfiguredAlert): readonly Measured[] =>
  rules.flatMap(({ expr }) => measuredBy(expr)).slice(0, MOST_QUERIES);

/** The panels of the alerts, where those that no dashboard shows have one on their own page. */
export function withOwnPanels({ panels, alertsOn }: AlertPanels, alerts: readonly ConfiguredAlert[]): AlertPanels {
  const own = alerts
    .filter(({ off, definition: { name } }) => off === null && !panels.has(name))
    .filter((alert) => measuredIn(alert).length > 0)
    .map(({ definition: { name } }): [string, AlertPanel] => [
      name,
      {
        uid: runbookUid(name),
        panelId: IDS.measured,
        panelTitle: TITLE,
        dashboardTitle: name,
        variables: [],
      },
    ]);
  return { panels: new Map([...panels, ...own]), alertsOn };
}

/** The graph: what the rules of the alert measure, with the number that they compare it with. */
export function ownPanel(alert: ConfiguredAlert): Stacked {
  const measured = measuredIn(alert);
  const limit = measured.find((one) => one.limit !== undefined)?.limit;
  return {
    h: HEIGHT,
    panel: {
      id: IDS.measured,
      type: 'timeseries',
      title: TITLE,
      description: 'The value that the rule compares, and the number that it compares it with as a dashed line',
      datasource: DATASOURCES.prometheus,
      targets: measured.map(({ expr }, index) => ({ refId: String.fromCharCode('A'.charCodeAt(0) + index), expr })),
      fieldConfig: {
        defaults: {
          unit: unitOf(alert, limit),
          noValue: 'No series: the programs that count this are not running, or it has never happened',
          custom: { showPoints: 'never', ...(limit !== undefined && { thresholdsStyle: { mode: 'dashed' } }) },
          ...(limit !== undefined && {
            thresholds: {
              mode: 'absolute',
              steps: [
                { color: 'transparent', value: null },
                { color: 'red', value: limit },
              ],
            },
          }),
        },
        overrides: [],
      },
      options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
    },
  };
}

/** The unit of the expression: that of the threshold, where the rule compares with the threshold itself or with a hundredth of it. */
function unitOf({ threshold }: ConfiguredAlert, limit: number | undefined): string {
  if (threshold === undefined || limit === undefined) return 'short';
  if (threshold.unit === 'percent' && Math.abs(limit - threshold.value / 100) < 1e-9) return 'percentunit';
  return threshold.unit === 'seconds' && limit === threshold.value ? 's' : 'short';
}
