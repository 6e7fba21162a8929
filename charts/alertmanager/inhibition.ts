/** Which alerts are held back while another one fires, because they follow from it. */

/** What an alert is about. A label that both alerts lack counts as equal. */
const SUBJECT = ['cluster', 'namespace', 'job', 'instance', 'pod', 'service_name', 'slo', 'exporter'];

const GONE = 'alertname=~"TargetDown|TargetMissing"';

/** Jobs of the Collector: while it is down, no span becomes a metric. */
const COLLECTOR_JOBS = 'job=~"otel-collector|otel-collector-internal"';

/** Alerts on numbers that are made from spans have this label. The Collector's own alerts say `traces`, which is another value. */
const FROM_SPANS = 'signal="spans"';

/**
 * The entries of `inhibit_rules`.
 *
 * Spans that a full queue refuses and an SDK sends again are counted each time: 400 offered became 1,600 calls. So nothing that
 * is made from spans alerts while any are refused.
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
  // One target of a job: what it emits itself. All of them: whatever is said of the job as a whole.
  {
    source_matchers: [GONE, 'job!=""'],
    target_matchers: ['alertname!~"TargetDown|TargetMissing|Watchdog"'],
    equal: ['cluster', 'job', 'instance'],
  },
  {
    source_matchers: ['alertname=~"CollectorRefusesData|CollectorEnqueueFails"', 'signal="traces"'],
    target_matchers: [FROM_SPANS],
    equal: ['cluster'],
  },
  { source_matchers: [GONE, COLLECTOR_JOBS], target_matchers: [FROM_SPANS], equal: ['cluster'] },
] as const;
