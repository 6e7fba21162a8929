import type { Config } from '../../config/load';
import { byGroup, type ConfiguredAlert } from '../../content/alerts/configured';
import { type AlertingRule, alertingRules } from '../../content/alerts/rule-file';
import { slug } from '../../lib/slug';
import { grafanaTemplate } from './alert-template';
import { DATASOURCES } from './datasources';
import { Unexpanded } from './values';

/** Seconds back that an instant query may look, as Grafana asks for it; the ranges are in the expressions themselves. */
const LOOK_BACK = 600;

/** Grafana evaluates in multiples of its scheduler's 10 s; a minute is its own default. */
const INTERVAL = '1m';

/**
 * The alerts as rules of Grafana, for those who want no Alertmanager: its provisioning files
 * (https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/).
 *
 * An expression of ours has series only while it alerts, so that no data is well; its value may be 0 then (`up == 0`), so the
 * condition asks whether there is a number.
 */
export const grafanaAlertRules = (config: Config, alerts: readonly ConfiguredAlert[]) =>
  OWNERS.map((owner) => ({
    name: owner,
    content: fileOf(
      config,
      alerts.filter(({ definition }) => definition.owner === owner),
    ),
  })).filter(({ content }) => content.groups.length > 0);

/** One file an owner: all rules in one would be larger than an object may be. */
const OWNERS = ['platform', 'services'] as const;

const fileOf = (config: Config, alerts: readonly ConfiguredAlert[]) => ({
  apiVersion: 1,
  groups: [...byGroup(alerts)].map(([name, same]) => ({
    orgId: 1,
    name,
    // A path: a slash in a title has a backslash in front (pkg/services/folder, SplitFullpath).
    folder: config.grafana.folder.replaceAll('/', '\\/'),
    interval: INTERVAL,
    rules: same.flatMap((alert) => rulesOf(config, alert)),
  })),
});

const rulesOf = (config: Config, alert: ConfiguredAlert) => alertingRules(config, alert).map(grafanaRule);

function grafanaRule(rule: AlertingRule, index: number, all: readonly AlertingRule[]) {
  // Titles are unique in a folder, and are the label alertname.
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
    annotations: new Unexpanded(
      Object.fromEntries(Object.entries(rule.annotations).map(([name, text]) => [name, grafanaTemplate(text)])),
    ),
  };
}

/** What tells the rules of one alert apart. */
const distinction = ({ labels }: AlertingRule) => labels.job ?? labels.slo;
