import { PanelBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { AlertList } from '../spec';

/** Grafana's numbers of orders: the most important state first (public/app/plugins/panel/alertlist/types.ts, SortOrder). */
const MOST_IMPORTANT_FIRST = 3;
/** Name of Grafana's own rules among the sources of rules. */
const OWN_RULES = '-- Grafana --';

/** Grafana's list of its own alerts, with the labels of each and how long it has been in its state. The SDK has no builder for it. */
export const alertList = ({ matchers }: AlertList): PanelBuilder =>
  new PanelBuilder().type('alertlist').options({
    viewMode: 'list',
    groupMode: 'default',
    groupBy: [],
    maxItems: 20,
    sortOrder: MOST_IMPORTANT_FIRST,
    dashboardAlerts: false,
    alertName: '',
    alertInstanceLabelFilter: `{${matchers}}`,
    datasource: OWN_RULES,
    stateFilter: { firing: true, pending: true, recovering: false, noData: false, normal: false, error: true },
    showInstances: true,
    showInactiveAlerts: false,
  });
