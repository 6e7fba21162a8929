/** Unit tests for promtool: each alert fires on series that are sick, and stays quiet on series that are well. */

/** Series in promtool's notation, to their values: `0+10x240` is 240 samples, each ten more. */
type Series = Readonly<Record<string, string>>;

interface AlertTest {
  readonly sick: Series;
  readonly well: Series;
}

interface RuleFile {
  readonly file: string;
  readonly content: {
    readonly groups: readonly {
      readonly rules: readonly { readonly alert?: string; readonly labels?: { job?: string } }[];
    }[];
  };
}

const SAMPLES = 240;
const INTERVAL = '30s';
/** Often enough in two hours for every `for`; each evaluation of all rules costs time. */
const EVALUATION = '5m';
/** Longer than any `for` and any range of a rule. */
const EVALUATED_AT = '110m';

const always = (value: number) => `${value}x${SAMPLES}`;
const growing = (step: number) => `0+${step}x${SAMPLES}`;

const queue = (size: number) => ({
  'otelcol_exporter_queue_size{instance="a",exporter="e"}': always(size),
  'otelcol_exporter_queue_capacity{instance="a",exporter="e"}': always(100),
});
const counter = (series: string): AlertTest => ({ sick: { [series]: growing(10) }, well: { [series]: always(10) } });

/** A histogram whose observations are all at most `le` seconds long. */
const histogram = (name: string, labels: string, le: string): Series =>
  Object.fromEntries(
    ['0.5', '5', '60', '+Inf'].map((bound) => {
      const holds = bound === '+Inf' || Number(bound) >= Number(le);
      return [`${name}_bucket{${labels},le="${bound}"}`, holds ? growing(10) : always(0)];
    }),
  );
const latency = (name: string, labels: string): AlertTest => ({
  sick: histogram(name, labels, '60'),
  well: histogram(name, labels, '0.5'),
});

const spans = (kind: string, status: string) =>
  `traces_span_metrics_calls_total{service_name="a",span_kind="SPAN_KIND_${kind}",status_code="STATUS_CODE_${status}"}`;
const answers = (status: string) => `jan_llm_api_requests_total{job="llm-api",status="${status}"}`;
const cut = (value: string) => `traces_span_metrics_calls_total{service_name="a",otelcol_truncated="${value}"}`;

const TESTS: Readonly<Record<string, AlertTest>> = {
  TargetDown: { sick: { 'up{job="a",instance="b"}': always(0) }, well: { 'up{job="a",instance="b"}': always(1) } },
  CollectorRefusesData: counter('otelcol_receiver_refused_spans_total{instance="a"}'),
  CollectorQueueFills: { sick: queue(80), well: queue(10) },
  CollectorQueueStuck: {
    sick: { ...queue(5), 'otelcol_exporter_sent_spans_total{instance="a",exporter="e"}': always(100) },
    well: { ...queue(5), 'otelcol_exporter_sent_spans_total{instance="a",exporter="e"}': growing(10) },
  },
  CollectorDropsSpans: counter('otelcol_exporter_send_failed_spans_total{instance="a",exporter="e"}'),
  SpanAttributesCut: { sick: { [cut('true')]: growing(10) }, well: { [cut('')]: growing(10) } },
  ServiceErrorRateHigh: {
    sick: { [spans('SERVER', 'ERROR')]: growing(10), [spans('SERVER', 'OK')]: growing(10) },
    // The error of a call to another service is counted there.
    well: { [spans('CLIENT', 'ERROR')]: growing(10), [spans('SERVER', 'OK')]: growing(10) },
  },
  ServiceLatencyHigh: latency('traces_span_metrics_duration_seconds', 'service_name="a",span_kind="SPAN_KIND_SERVER"'),
  LlmApiErrorRateHigh: {
    sick: { [answers('500')]: growing(10), [answers('200')]: growing(10) },
    well: { [answers('404')]: growing(10), [answers('200')]: growing(10) },
  },
  LlmApiLatencyHigh: latency('jan_llm_api_request_duration_seconds', 'job="llm-api"'),
};

/** The absence of each job is an alert of one name. */
function absence(jobs: readonly string[]): AlertTest {
  return {
    sick: { 'up{job="another"}': always(1) },
    well: Object.fromEntries(jobs.map((job) => [`up{job="${job}"}`, always(1)])),
  };
}

/** A test file for each rule file, and the alerts that no test is written for. */
export function ruleTests(rules: readonly RuleFile[]): {
  files: ReadonlyMap<string, object>;
  untested: readonly string[];
} {
  const files = new Map<string, object>();
  const untested: string[] = [];
  for (const { file, content } of rules) {
    const alerts = content.groups.flatMap((group) => group.rules).filter(({ alert }) => alert !== undefined);
    const tests = [...new Set(alerts.map(({ alert = '' }) => alert))].flatMap((alert) => {
      const same = alerts.filter((rule) => rule.alert === alert);
      const test = alert === 'TargetMissing' ? absence(same.map(({ labels }) => labels?.job ?? '')) : TESTS[alert];
      if (test === undefined) untested.push(alert);
      return test === undefined ? [] : [unitTest(alert, test.sick, same.length), unitTest(alert, test.well, 0)];
    });
    if (tests.length > 0) files.set(file, { rule_files: [file], evaluation_interval: EVALUATION, tests });
  }
  return { files, untested };
}

/** One test in promtool's form: how many alerts of a name fire. */
const unitTest = (alert: string, series: Series, firing: number) => ({
  name: `${alert} ${firing === 0 ? 'stays quiet' : 'fires'}`,
  interval: INTERVAL,
  input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
  promql_expr_test: [
    {
      expr: `count(ALERTS{alertname="${alert}",alertstate="firing"})`,
      eval_time: EVALUATED_AT,
      exp_samples: firing === 0 ? [] : [{ labels: '{}', value: firing }],
    },
  ],
});
