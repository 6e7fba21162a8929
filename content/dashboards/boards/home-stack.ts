/** Panels of the home page: the programs of the stack itself. */
import { DASHBOARD_UIDS, type DashboardUid } from '../../../lib/dashboard-uids';
import { oneOf } from '../../../promql/matcher';
import type { ContentSettings } from '../../settings';
import { cell } from '../parts/cells';
import { COLLECTOR } from '../parts/jobs';
import { NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Table } from '../spec';
import { UNITS } from '../units';

type Settings = Pick<ContentSettings, 'namespace' | 'nodeExporter'> & {
  readonly grafana: Pick<ContentSettings['grafana'], 'dashboards'>;
};

/** Names of the programs, which are those of their containers, with the dashboard that is about each. */
const PROGRAMS: Readonly<Record<string, DashboardUid>> = {
  'otel-collector': DASHBOARD_UIDS.collector,
  prometheus: DASHBOARD_UIDS.prometheus,
  'jaeger(?:-collector|-query|-ingester)?': DASHBOARD_UIDS.jaeger,
  grafana: DASHBOARD_UIDS.prometheus,
  alertmanager: DASHBOARD_UIDS.alerting,
  'kube-state-metrics': DASHBOARD_UIDS.workloads,
  'node-exporter': DASHBOARD_UIDS.nodes,
};
const NAMES = Object.keys(PROGRAMS).join('|');

/** Adds the label `program` from another one. @param pattern whose first group is the name */
const named = (expr: string, label: string, pattern: string) =>
  `label_replace(${expr}, "program", "$1", "${label}", "${pattern}")`;

/** Adds the label `dashboard`: the uid of the dashboard about the program; that of Prometheus, with its targets, where there is none. */
const withDashboard = ({ grafana: { dashboards } }: Settings, expr: string): string =>
  Object.entries(PROGRAMS)
    .filter(([, uid]) => dashboards[uid].enabled)
    .reduce(
      (labelled, [name, uid]) => `label_replace(${labelled}, "dashboard", "${uid}", "program", "${name}")`,
      `label_replace(${expr}, "dashboard", "${DASHBOARD_UIDS.prometheus}", "program", ".*")`,
    );

/** The Collector is two jobs: its own metrics, and those of the services. */
const UP = named(`up{job=~"(${NAMES})(-internal)?"}`, 'job', '(.+?)(?:-internal)?');
const container = (metric: string, matchers: string) =>
  `max by (namespace, pod, container) (${metric}{container=~"${NAMES}",${matchers}})`;

const memoryOf = ({ namespace, nodeExporter }: Settings) => {
  const own = oneOf('namespace', [namespace, nodeExporter.namespace]);
  const used = container('container_memory_working_set_bytes', own);
  const limit = container('kube_pod_container_resource_limits', `resource="memory",${own}`);
  return named(`${used} / ${limit}`, 'container', '(.+)');
};

export const programs = (settings: Settings): Table => ({
  kind: 'table',
  title: 'Programs of the stack',
  description:
    'How many targets Prometheus finds of each program, how many of them it cannot scrape, and how much of its memory limit the fullest pod uses. The name leads to its dashboard',
  unit: UNITS.count,
  noData: NOT_SCRAPED,
  columns: { program: 'Program', dashboard: 'Dashboard' },
  queries: [
    { expr: withDashboard(settings, `count by (program) (${UP})`), legend: 'Targets' },
    { expr: withDashboard(settings, `count by (program) (${UP}) - sum by (program) (${UP})`), legend: 'Down' },
    {
      expr: withDashboard(settings, `max by (program) (${memoryOf(settings)})`),
      legend: 'Memory of its limit',
    },
  ],
  cells: {
    Dashboard: { hidden: true },
    Targets: { width: 80 },
    Down: { show: 'colour', limits: { warning: 1, critical: 1 }, width: 80 },
    'Memory of its limit': {
      unit: UNITS.share,
      show: 'bar',
      max: 1,
      limits: { warning: 0.8, critical: 0.95 },
      width: 220,
    },
  },
  sortBy: 'Down',
  thenBy: 'Memory of its limit',
  links: [{ title: 'Dashboard of this program', url: `/d/${cell('Dashboard')}` }],
});

const spans = (outcome: string) => `sum(rate(otelcol_receiver_${outcome}_spans_total{${COLLECTOR}}[${RATE}]))`;

export const received = (): Lines => ({
  kind: 'lines',
  title: 'Spans that arrive',
  description:
    'Spans a second that the Collector accepts, and those that it refuses. Without spans there is no number about services',
  unit: UNITS.spansPerSecond,
  noData: 'No spans: does any service send to the Collector?',
  queries: [
    { expr: spans('accepted'), legend: 'accepted' },
    { expr: spans('refused'), legend: 'refused' },
  ],
  links: [{ title: 'Collector', dashboard: DASHBOARD_UIDS.collector }],
});
