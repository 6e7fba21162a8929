/** Telemetry that was sent, and does not arrive. */
import { logsOf, smokeCause, status } from './cause';

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
