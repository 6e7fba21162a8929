/** Names of the checks of the smoke test: `smokeTest.skip` takes them, and each line of its log begins with one. */
export const CHECK_NAMES = [
  'trace-grpc',
  'trace-http',
  'metric-grpc',
  'metric-http',
  'targets',
  'rules',
  'rule-groups',
  'watchdog',
  'notifications',
  'queue',
  'claims',
  'clocks',
  'grafana',
] as const;

/** Name of a check. */
export type CheckName = (typeof CHECK_NAMES)[number];

/** What each check is about, for people. */
export const CHECK_TITLES: Readonly<Record<CheckName, string>> = {
  'trace-grpc': 'a trace by OTLP over gRPC',
  'trace-http': 'a trace by OTLP over HTTP',
  'metric-grpc': 'a metric by OTLP over gRPC',
  'metric-http': 'a metric by OTLP over HTTP',
  targets: 'every target is up',
  rules: 'every rule works',
  'rule-groups': 'every rule group is in time',
  watchdog: 'the alert path',
  notifications: 'notifications',
  queue: "the Collector's queues",
  claims: 'room on the claims',
  clocks: 'clocks',
  grafana: 'Grafana',
};
