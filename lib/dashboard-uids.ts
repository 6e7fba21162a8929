/** The uids of our own dashboards, by which links and `grafana.dashboards` find them. No dashboard of a user may have one of them. */
export const DASHBOARD_UIDS = {
  janServer: 'jan-server-overview',
  services: 'services-overview',
  llm: 'llm-serving',
  red: 'service-red',
  mcp: 'mcp-tools',
  traces: 'traces',
  slo: 'slo',
  alerting: 'alerting',
  workloads: 'kubernetes-workloads',
  nodes: 'nodes',
  collector: 'otel-collector',
  prometheus: 'prometheus',
  jaeger: 'jaeger',
  runbooks: 'runbooks',
} as const;

/** The uid of one of our own dashboards. */
export type DashboardUid = (typeof DASHBOARD_UIDS)[keyof typeof DASHBOARD_UIDS];
