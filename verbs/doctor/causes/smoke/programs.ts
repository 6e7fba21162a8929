/** Programs that answer, and do not do their work; and checks that were not done. */
import { logsOf, smokeCause, status } from './cause';

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
