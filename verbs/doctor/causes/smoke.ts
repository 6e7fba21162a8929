/** What the smoke test has found: causes that show only while something is sent and asked. */

import { type AnyCause, type At, type Cause, entryOf } from '../cause';

/** What a check has found, as it printed it. */
export interface Found {
  readonly text: string;
}

/** The parts of a cause that differ between checks; `says` is what the check found. */
interface SmokeCause extends Pick<Cause<Found>, 'id' | 'section' | 'title' | 'meaning' | 'next'> {
  /** The name of the check in the log of the Job. */
  readonly check: string;
  /** What it prints in a typical case. */
  readonly text: string;
  /** The sentence before it. */
  readonly says: string;
}

const smokeCause = ({ check, text, says, ...cause }: SmokeCause): Cause<Found> => ({
  ...cause,
  found: `The check ${check} of the smoke test.`,
  says: (found) => `${says}: ${found.text}`,
  example: () => ({ part: `Check/${check}`, details: { text } }),
});

const logsOf = ({ commands: { kubectl }, places: { namespace } }: At, selector: string) =>
  kubectl(`-n ${namespace} logs -l ${selector} --tail=50`);

const status = ({ commands: { make } }: At) => make('monitor-status');

export const UNRESOLVED = smokeCause({
  id: 'test-name-unresolved',
  section: 'start',
  title: 'A name is not resolved in the cluster',
  meaning:
    'A pod of the stack asks the DNS of the cluster for a Service, and gets no address. The Service does not exist, the DNS is down, or it runs where the NetworkPolicy allow-dns does not expect it.',
  check: 'trace-http',
  says: 'a name cannot be resolved from inside',
  text: "not accepted: wget: bad address 'otel-collector:4318'",
  next: ({ commands: { kubectl, make }, places: { namespace } }) =>
    `${kubectl(`-n ${namespace} get services`)}; if it is listed, the DNS is unreachable: set platform in the environment file, which decides where DNS runs, and ${make('monitor-up')}`,
});

export const UNREACHABLE = smokeCause({
  id: 'test-unreachable',
  section: 'start',
  title: 'A program does not answer inside the cluster',
  meaning:
    'The name of a program is resolved, and a connection is refused or gets no answer. No pod of it is ready, or a NetworkPolicy or a service mesh drops the connection.',
  check: 'grafana',
  says: 'it does not answer from inside',
  text: "wget: can't connect to remote host (10.96.0.7): Connection refused",
  next: (at) =>
    `${status(at)}; if every workload is ready, compare the NetworkPolicies: ${at.commands.kubectl(`diff --server-side -f dist/${at.places.environment}/10-network.k8s.yaml`)}`,
});

export const REFUSED = smokeCause({
  id: 'test-refused',
  section: 'traces',
  title: 'The Collector refuses telemetry',
  meaning:
    'The Collector answers with an error: its memory limit or its queue is reached, or something stands between that changes requests. SDKs repeat a request that got 503, and lose one that got another error.',
  check: 'trace-http',
  says: 'the Collector did not accept it',
  text: 'not accepted: wget: server returned error: HTTP/1.1 503 Service Unavailable',
  next: (at) => `${logsOf(at, at.places.collector.selector)} says why; a full queue or memory has an alert of its own`,
});

export const TRACE_LOST = smokeCause({
  id: 'test-trace-not-stored',
  section: 'traces',
  title: 'A trace was accepted, and is not in Jaeger',
  meaning:
    'The Collector has accepted a trace and keeps it in its queue on disk, and Jaeger does not have it in time. Jaeger is down or cannot write, or the queue is long.',
  check: 'trace-grpc',
  says: 'not found in time',
  text: 'accepted, but trace 5b8e is not in Jaeger: wget: server returned error: HTTP/1.1 404 Not Found',
  next: (at) =>
    `${logsOf(at, at.places.collector.selector)} names what the exporter failed with; ${logsOf(at, at.places.jaegerWriter.selector)}`,
});

export const METRIC_LOST = smokeCause({
  id: 'test-metric-not-stored',
  section: 'metrics',
  title: 'A metric was accepted, and is not in Prometheus',
  meaning:
    'The Collector has accepted a metric, and Prometheus does not have it after two scrapes. It does not scrape the Collector, rejects the sample, or answers from another store.',
  check: 'metric-http',
  says: 'not found in time',
  text: 'accepted, but monitor_test_sent{job="monitor-test"} is not in Prometheus',
  next: (at) =>
    `${at.commands.make('monitor-query', `Q='up{job=~"otel-collector.*"}'`)} must be 1; ${logsOf(at, at.places.prometheus.selector)}`,
});

export const TARGET_DOWN = smokeCause({
  id: 'test-target-down',
  section: 'metrics',
  title: 'A target is down, or missing',
  meaning:
    'Prometheus cannot scrape a program, or discovers no pod of it. Its graphs have no new data, and its alerts cannot fire.',
  check: 'targets',
  says: 'not scraped',
  text: 'up{job="llm-api", instance="10.1.0.7:8080"} => 0: connection refused',
  next: ({ commands: { make } }) =>
    `${make('monitor-query', "Q='up == 0'")} lists them; the runbooks TargetDown and TargetMissing say what to look at`,
});

export const RULE_FAILS = smokeCause({
  id: 'test-rule-fails',
  section: 'alerts',
  title: 'A rule cannot be evaluated',
  meaning: 'Prometheus reports an error for a rule. An alert of it cannot fire, and its series has no new samples.',
  check: 'rules',
  says: 'rules that fail',
  text: 'ShopBusy found duplicate series for the match group {}',
  next: ({ commands: { make } }) =>
    `correct its expression in rules/ or under alerts in the environment file, then ${make('monitor-up')}`,
});

export const RULE_GROUP_LATE = smokeCause({
  id: 'test-rule-group-late',
  section: 'alerts',
  title: 'A rule group is not evaluated in time',
  meaning: 'The last evaluation is more than four intervals ago: Prometheus has too much to do, or has just started.',
  check: 'rule-groups',
  says: 'seconds since the last evaluation',
  text: '{rule_group="/etc/prometheus/rules/stack.yaml;slo"} => 240',
  next: (at) => `give Prometheus more CPU: prometheus.resources; ${logsOf(at, at.places.prometheus.selector)}`,
});

export const WATCHDOG_MISSING = smokeCause({
  id: 'test-watchdog-missing',
  section: 'alerts',
  title: "The dead man's switch does not reach Alertmanager",
  meaning: 'The alert Watchdog always fires, and Alertmanager does not have it. No other alert would reach it either.',
  check: 'watchdog',
  says: 'alerts do not arrive',
  text: 'Alertmanager does not have the alert Watchdog',
  next: (at) =>
    `${at.commands.make('monitor-query', "Q='prometheus_notifications_alertmanagers_discovered'")} must be 1 or more; ${logsOf(at, at.places.prometheus.selector)}`,
});

export const NOTIFICATIONS_FAIL = smokeCause({
  id: 'test-notifications-fail',
  section: 'alerts',
  title: 'Alertmanager cannot send notifications',
  meaning: 'In the last ten minutes a receiver has refused a notification, or was not reached.',
  check: 'notifications',
  says: 'failed in the last ten minutes',
  text: '{integration="slack", reason="clientError"} => 3',
  next: (at) =>
    `${at.places.alertmanager === null ? status(at) : logsOf(at, at.places.alertmanager.selector)} says why: often a token has expired, or egress is blocked`,
});

export const QUEUE_WAITS = smokeCause({
  id: 'test-queue-waits',
  section: 'traces',
  title: "The Collector's queue does not drain",
  meaning:
    'Telemetry waits on disk in front of a store that takes none, or too little. Nothing is lost until the queue is full; then senders get 503.',
  check: 'queue',
  says: 'a queue is not drained: bytes, or the share that is used',
  text: '{exporter="otlp_http/jaeger", pod="otel-collector-0"} => 5242880',
  next: (at) => `${logsOf(at, at.places.collector.selector)} names what the exporter failed with; ${status(at)}`,
});

export const CLAIM_FULL = smokeCause({
  id: 'test-claim-full',
  section: 'storage',
  title: 'A claim is nearly full',
  meaning: 'More than 85 % of a claim is used. A program whose claim is full stops writing.',
  check: 'claims',
  says: 'used share of a claim',
  text: '{persistentvolumeclaim="jaeger-data"} => 0.93',
  next: ({ commands: { make } }) =>
    `raise storage of the component in the environment file, or lower its retention, then ${make('monitor-up')}`,
});

export const CLOCKS_DIFFER = smokeCause({
  id: 'test-clocks-differ',
  section: 'data',
  title: 'Clocks differ',
  meaning:
    'Two clocks differ by more than five seconds: those of two nodes, or of a node and this machine. Samples and spans get wrong times, and a browser shows an empty graph for the last minutes.',
  check: 'clocks',
  says: 'off',
  text: 'http://jaeger:16686/ is 340 s off',
  next: () => 'start time synchronisation (chrony, systemd-timesyncd) on the machine that is off: timedatectl',
});

export const GRAFANA_UNWELL = smokeCause({
  id: 'test-grafana-unwell',
  section: 'grafana',
  title: 'Grafana reports that it is not well',
  meaning: 'Grafana answers /api/health, and its database is not ok.',
  check: 'grafana',
  says: 'it is not well',
  text: '{"database":"failing","version":"13.2.1"}',
  next: (at) => `${logsOf(at, at.places.grafana.selector)}; is its claim full, or its database away?`,
});

export const DATASOURCE_FAILS = smokeCause({
  id: 'test-datasource-fails',
  section: 'grafana',
  title: 'A data source of Grafana does not work',
  meaning:
    'Grafana was asked to query a data source as its administrator, and it could not: its password was changed, or the program behind does not answer to Grafana.',
  check: 'data-sources',
  says: 'no answer through Grafana',
  text: 'jaeger: HTTP 502',
  next: (at) =>
    `${logsOf(at, at.places.grafana.selector)}; after HTTP 401 the password of the Secret is not the one that Grafana has: ${at.commands.kubectl(`-n ${at.places.namespace} exec -i deploy/${at.places.grafana.service} -c grafana -- grafana cli admin reset-admin-password --password-from-stdin`)}`,
});

export const NOT_FORWARDED = smokeCause({
  id: 'test-port-not-forwarded',
  section: 'start',
  title: 'A port cannot be forwarded to this machine',
  meaning: 'The port cannot be forwarded, or nothing answers behind it.',
  check: 'forwarded-ports',
  says: 'nothing answers through the forwarded port',
  text: 'Jaeger (jaeger:16686): no pod is ready',
  next: (at) =>
    `${status(at)}; you need the permission for it: ${at.commands.kubectl(`-n ${at.places.namespace} auth can-i create pods/portforward`)}`,
});

export const UNCHECKED = smokeCause({
  id: 'test-not-checked',
  section: 'checks',
  title: 'A check could not be done',
  meaning:
    'The smoke test got no data for a check. That is no pass. Where it is so for good, for example because the storage reports no usage, smokeTest.skip leaves the check out.',
  check: 'claims',
  says: 'it could not be done',
  text: 'no data: max by (persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{namespace="jan-monitoring"})',
  next: (at) =>
    `${at.commands.make('monitor-test')} again; if it stays so for good, smokeTest.skip in environments/${at.places.environment}.yaml`,
});

export const JOB_FAILED = smokeCause({
  id: 'test-job-not-run',
  section: 'checks',
  title: 'The Job of the smoke test did not run',
  meaning: 'Its pod was not created, did not start, or was ended before it had finished.',
  check: 'job',
  says: 'it did not run to its end',
  text: 'pods "monitor-test-x2k4p" is forbidden: exceeded quota',
  next: (at) => `correct that, and ${at.commands.make('monitor-test')} again`,
});

/** All of them. */
export const SMOKE_CAUSES: readonly AnyCause[] = [
  UNRESOLVED,
  UNREACHABLE,
  REFUSED,
  TRACE_LOST,
  METRIC_LOST,
  TARGET_DOWN,
  RULE_FAILS,
  RULE_GROUP_LATE,
  WATCHDOG_MISSING,
  NOTIFICATIONS_FAIL,
  QUEUE_WAITS,
  CLAIM_FULL,
  CLOCKS_DIFFER,
  GRAFANA_UNWELL,
  DATASOURCE_FAILS,
  NOT_FORWARDED,
  UNCHECKED,
  JOB_FAILED,
].map(entryOf);
