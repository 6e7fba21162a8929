import type { AlertingRule } from '../../content/alerts/rule-file';
import type { AlertPanel } from '../../content/dashboards/alert-panels';
import { DATASOURCES } from '../../content/dashboards/datasources';
import { slug } from '../../lib/slug';
import type { EvaluatedAlert } from '../common/context';
import { Unexpanded } from '../common/grafana-values';
import { grafanaTemplate } from './alert-template';

/** The relative time range of an instant query in seconds, which Grafana requires; the expressions contain the real ranges. */
const LOOK_BACK = 600;

/** Grafana evaluates in multiples of its scheduler's 10 s; one minute is its default. */
const INTERVAL = '1m';

/**
 * The alerts as Grafana rules, for alerting by Grafana only: its provisioning files
 * (https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/).
 *
 * Our expressions return series only while they alert, so "no data" means OK. The value may be 0 (`up == 0`), so the condition checks only
 * that there is a number.
 */
export const grafanaAlertRules = (folder: string, alerts: readonly EvaluatedAlert[]) =>
  OWNERS.map((name) => ({
    name,
    content: fileOf(
      folder,
      alerts.filter(({ owner }) => owner === name),
    ),
  })).filter(({ content }) => content.groups.length > 0);

/** One file for each owner: all rules in one file would exceed the size limit of an object. */
const OWNERS = ['platform', 'services'] as const;

function fileOf(folder: string, alerts: readonly EvaluatedAlert[]) {
  const names = [...new Set(alerts.map(({ group }) => group))];
  return {
    apiVersion: 1,
    groups: names.map((name) => ({
      orgId: 1,
      name,
      // A folder path: a slash in a title is escaped by a backslash (pkg/services/folder, SplitFullpath).
      folder: folder.replaceAll('/', '\\/'),
      interval: INTERVAL,
      rules: alerts
        .filter(({ group }) => group === name)
        .flatMap(({ rules, panel }) => rules.map((rule, index) => grafanaRule(rule, index, rules, panel))),
    })),
  };
}

function grafanaRule(rule: AlertingRule, index: number, all: readonly AlertingRule[], panel: AlertPanel | undefined) {
  // Titles must be unique in a folder, and become the label alertname.
  const title = all.length === 1 ? rule.alert : `${rule.alert} ${distinction(rule) ?? index + 1}`;
  return {
    uid: slug(title),
    title,
    condition: 'C',
    data: [
      {
        refId: 'A',
        relativeTimeRange: { from: LOOK_BACK, to: 0 },
        datasourceUid: DATASOURCES.prometheus.uid,
        model: new Unexpanded({ refId: 'A', expr: rule.expr, instant: true, range: false }),
      },
      {
        refId: 'C',
        relativeTimeRange: { from: 0, to: 0 },
        datasourceUid: '__expr__',
        model: new Unexpanded({ refId: 'C', type: 'math', expression: 'is_number($A) || is_nan($A) || is_inf($A)' }),
      },
    ],
    noDataState: 'OK',
    execErrState: 'Error',
    for: rule.for,
    labels: rule.labels,
    annotations: new Unexpanded({
      ...Object.fromEntries(Object.entries(rule.annotations).map(([name, text]) => [name, grafanaTemplate(text)])),
      ...(panel !== undefined && panelAnnotations(panel)),
    }),
  };
}

/**
 * The panel that Grafana's messages and its pages of alerts link to, with the time of the alert. One without the other is refused
 * (pkg/services/ngalert/models/alert_rule.go, SetDashboardAndPanelFromAnnotations).
 */
const panelAnnotations = ({ uid, panelId }: AlertPanel) => ({ __dashboardUid__: uid, __panelId__: `${panelId}` });

/** What distinguishes the rules of one alert. */
const distinction = ({ labels }: AlertingRule) => labels.job ?? labels.slo;
