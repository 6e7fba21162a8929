/** The uids of the stack's dashboards, for links and for `grafana.dashboards`. A user's dashboard must have another uid. */
export const DASHBOARD_UIDS = {
  home: 'home',
  janServer: 'jan-server-overview',
  services: 'services-overview',
  llm: 'llm-serving',
  red: 'service-red',
  mcp: 'mcp-tools',
  traces: 'traces',
  trace: 'trace',
  slo: 'slo',
  alerting: 'alerting',
  workloads: 'kubernetes-workloads',
  nodes: 'nodes',
  collector: 'otel-collector',
  prometheus: 'prometheus',
  jaeger: 'jaeger',
  runbooks: 'runbooks',
} as const;

/** The uid of one of the stack's dashboards. */
export type DashboardUid = (typeof DASHBOARD_UIDS)[keyof typeof DASHBOARD_UIDS];
