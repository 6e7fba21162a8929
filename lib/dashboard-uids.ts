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

/** The uid of an alert's runbook page is this and the alert's name, so that a link is made from the label `alertname` alone. */
export const RUNBOOK_UID_PREFIX = 'runbook-';

/** The longest uid that Grafana takes (pkg/util/shortid_generator.go, MaxUIDLength). */
export const MAX_UID_LENGTH = 40;
