/** Inhibition: alerts that are muted while another one fires, because they follow from it. */

/** Labels that identify the subject of an alert. A label that both alerts lack counts as equal. */
const SUBJECT = ['cluster', 'namespace', 'job', 'instance', 'pod', 'service_name', 'slo', 'exporter'];

const TARGET_ALERT = 'alertname=~"TargetDown|TargetMissing"';

/** Jobs of the Collector: while it is down, no span becomes a metric. */
const COLLECTOR_JOBS = 'job=~"otel-collector|otel-collector-internal"';

/** Alerts on metrics that are made from spans have this label. The Collector's own alerts have `traces`, which is another value. */
const FROM_SPANS = 'signal="spans"';

/**
 * The entries of `inhibit_rules`.
 *
 * Spans that a full queue refuses and an SDK sends again are counted each time: 400 offered became 1,600 calls. So alerts on metrics from
 * spans are muted while spans are refused.
 */
export const INHIBIT_RULES = [
  {
    source_matchers: ['severity="critical"'],
    target_matchers: ['severity=~"warning|info"'],
    equal: ['alertname', ...SUBJECT],
  },
  // An objective's page and its ticket are two alerts about one budget.
  {
    source_matchers: ['severity="critical"', 'slo!=""'],
    target_matchers: ['severity=~"warning|info"', 'slo!=""'],
    equal: ['cluster', 'slo'],
  },
  // TargetDown mutes the alerts on the metrics of that instance. TargetMissing has no instance: it mutes the alerts on the job as a whole.
  {
    source_matchers: [TARGET_ALERT, 'job!=""'],
    target_matchers: ['alertname!~"TargetDown|TargetMissing|Watchdog"'],
    equal: ['cluster', 'job', 'instance'],
  },
  {
    source_matchers: ['alertname=~"CollectorRefusesData|CollectorEnqueueFails"', 'signal="traces"'],
    target_matchers: [FROM_SPANS],
    equal: ['cluster'],
  },
  { source_matchers: [TARGET_ALERT, COLLECTOR_JOBS], target_matchers: [FROM_SPANS], equal: ['cluster'] },
] as const;
