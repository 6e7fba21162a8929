/** The dashboards of an environment: their selection and their content. */
import type { Dashboard as GrafanaDashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Slo } from '../../config/schema/slos';
import type { DashboardUid } from '../../lib/dashboard-uids';
import type { MissingSource } from '../missing-source';
import type { ContentSettings } from '../settings';
import { alerting } from './boards/alerting';
import { collector } from './boards/collector';
import { home } from './boards/home';
import { jaeger } from './boards/jaeger';
import { llmServing } from './boards/llm';
import { mcpTools } from './boards/mcp';
import { nodes } from './boards/nodes';
import { janServerOverview, servicesOverview } from './boards/overview';
import { prometheus } from './boards/prometheus';
import { serviceRed } from './boards/red';
import { slo } from './boards/slo';
import { trace } from './boards/trace';
import { traces } from './boards/traces';
import { kubernetesWorkloads } from './boards/workloads';
import { alertsBegin } from './parts/annotations';
import { renderDashboard } from './render/dashboard';
import type { Target } from './render/links';
import { type LeftOut, select } from './render/select';
import type { Dashboard, Row } from './spec';

/** The facts of an environment: the sources of metrics, and the objectives that are recorded. */
export interface Known {
  readonly expressions: {
    readonly missing: MissingSource;
    /** Notes a query of a panel: what it reads must be recorded, and the tests check it. */
    readonly addPanel: (place: string, expr: string) => void;
  };
  /** The objectives that are recorded. */
  readonly slos: readonly Slo[];
  /** Names of the alerts that a dashboard explains, and Prometheus evaluates. */
  readonly alertsOn: (uid: DashboardUid) => readonly string[];
  /** Rows that components add to the overview. */
  readonly overviewRows: readonly Row[];
}

/** Every dashboard that an environment may have, before panels without a source are left out. */
function dashboardsFor(config: ContentSettings, hasSlos: boolean, rows: readonly Row[]): readonly Dashboard[] {
  const first = config.janServer === null ? undefined : 'llm-api';
  const overview =
    config.janServer === null ? servicesOverview(hasSlos) : janServerOverview(config.grafana.prices, hasSlos);
  return [
    home(config, hasSlos),
    { ...overview, rows: [...overview.rows, ...rows] },
    llmServing(config),
    serviceRed(first, hasSlos),
    mcpTools(),
    traces(first),
    trace(first),
    ...(hasSlos ? [slo()] : []),
    alerting(config),
    kubernetesWorkloads(),
    nodes(),
    collector(),
    prometheus(config.prometheus),
    jaeger(),
  ];
}

/** The result of the selection for one dashboard. */
export interface Outcome {
  readonly dashboard: Dashboard;
  /** The dashboard without the panels of disabled emitters; undefined: no panel is left. */
  readonly fed: Dashboard | undefined;
  /** The dashboard to render; undefined: no panel is left, or it is disabled. */
  readonly selected: Dashboard | undefined;
  readonly leftOut: readonly LeftOut[];
}

/** Which dashboards and panels an environment has: those that are enabled and whose metrics have a source. */
export function outcomes(
  config: ContentSettings,
  { expressions, slos, overviewRows }: Omit<Known, 'alertsOn'>,
): Outcome[] {
  return dashboardsFor(config, slos.length > 0, overviewRows).map((dashboard) => {
    const { dashboard: fed, leftOut } = select(dashboard, expressions.missing);
    const { enabled } = config.grafana.dashboards[dashboard.uid];
    return { dashboard, fed, selected: enabled ? fed : undefined, leftOut };
  });
}

/**
 * The dashboards in Grafana's form: uid to dashboard. The queries of disabled dashboards are noted too, because a user's dashboard may read
 * the series that are recorded for them.
 * @param all the outcomes of this environment. @default - they are found out
 */
export function renderDashboards(
  config: ContentSettings,
  known: Known,
  all: readonly Outcome[] = outcomes(config, known),
): ReadonlyMap<DashboardUid, GrafanaDashboard> {
  const targets = new Map(
    all.flatMap(({ selected }) => (selected === undefined ? [] : [[selected.uid, targetOf(selected)]])),
  );
  const marked = all.flatMap(({ fed }) => (fed === undefined ? [] : [withAlertMarks(fed, known.alertsOn(fed.uid))]));
  const rendered = marked.map((one) => [one.uid, renderDashboard(one, targets, known.expressions.addPanel)] as const);
  return new Map(rendered.filter(([uid]) => targets.has(uid)));
}

const targetOf = ({ title, variables }: Dashboard): Target => ({ title, variables: variables.map(({ name }) => name) });

/** Every dashboard marks where the alerts begin that its panels explain. */
const withAlertMarks = (dashboard: Dashboard, alerts: readonly string[]): Dashboard =>
  alerts.length === 0
    ? dashboard
    : { ...dashboard, annotations: [alertsBegin(alerts, dashboard.variables), ...dashboard.annotations] };
