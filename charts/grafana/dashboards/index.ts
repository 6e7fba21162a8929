/** The dashboards of an environment: which there are, and what they say. */
import type { Dashboard as GrafanaDashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Config } from '../../../config/load';
import type { DashboardUid } from '../../../lib/dashboard-uids';
import type { Contract, MissingSource } from '../../contract';
import { slosOf } from '../../slo/defaults';
import { alerting } from './boards/alerting';
import { collector } from './boards/collector';
import { jaeger } from './boards/jaeger';
import { llmServing } from './boards/llm';
import { mcpTools } from './boards/mcp';
import { nodes } from './boards/nodes';
import { janServerOverview, servicesOverview } from './boards/overview';
import { prometheus } from './boards/prometheus';
import { serviceRed } from './boards/red';
import { slo } from './boards/slo';
import { traces } from './boards/traces';
import { kubernetesWorkloads } from './boards/workloads';
import { renderDashboard } from './render/dashboard';
import { type LeftOut, select } from './render/select';
import type { Dashboard } from './spec';

/** Every dashboard that an environment may have, before anything is left out. */
export function dashboardsFor(config: Config): readonly Dashboard[] {
  const first = config.janServer === null ? undefined : 'llm-api';
  return [
    config.janServer === null ? servicesOverview(config) : janServerOverview(config),
    llmServing(config),
    serviceRed(first),
    mcpTools(),
    traces(first),
    ...(slosOf(config).length === 0 ? [] : [slo()]),
    alerting(),
    kubernetesWorkloads(),
    nodes(),
    collector(),
    prometheus(),
    jaeger(),
  ];
}

/** What becomes of a dashboard in an environment. */
export interface Outcome {
  readonly dashboard: Dashboard;
  /** What is rendered; undefined: it is switched off, or all its panels are left out. */
  readonly selected: Dashboard | undefined;
  readonly leftOut: readonly LeftOut[];
}

/** Which dashboards and panels an environment has: those that are not switched off, with what somebody emits. */
export function outcomes(config: Config, missing: MissingSource): Outcome[] {
  return dashboardsFor(config).map((dashboard) => {
    const { dashboard: selected, leftOut } = select(dashboard, missing);
    const { enabled } = config.grafana.dashboards[dashboard.uid];
    return { dashboard, selected: enabled ? selected : undefined, leftOut };
  });
}

/**
 * The dashboards in Grafana's form: uid to dashboard.
 * @throws what the rules throw of an expression
 */
export function renderDashboards(
  config: Config,
  { missing, checkPanel }: Pick<Contract, 'missing' | 'checkPanel'>,
): ReadonlyMap<DashboardUid, GrafanaDashboard> {
  const selected = outcomes(config, missing).flatMap(({ selected: one }) => one ?? []);
  const titles = new Map(selected.map(({ uid, title }) => [uid, title]));
  return new Map(selected.map((dashboard) => [dashboard.uid, renderDashboard(dashboard, titles, checkPanel)]));
}
