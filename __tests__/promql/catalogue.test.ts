import { IMAGES } from '../../config/images';
import { METRICS } from '../../metrics/catalogue/index';
import { EMITTERS, type EmitterName } from '../../metrics/emitters';
import { isBefore, isIn } from '../../metrics/versions';
import { type Metric, seriesOf } from '../../promql/metric';

const place = ({ emitter, name }: Metric) => `${emitter.title}: ${name}`;
/** Entries for which something does not hold. */
const without = (holds: (metric: Metric) => boolean, among: readonly Metric[] = METRICS) =>
  among.filter((metric) => !holds(metric)).map(place);
const named = (pattern: RegExp) => METRICS.filter(({ name }) => pattern.test(name));
const overlap = (one: Metric, other: Metric) =>
  (one.until === undefined || other.since === undefined || isBefore(other.since, one.until)) &&
  (other.until === undefined || one.since === undefined || isBefore(one.since, other.until));

/** Counters whose programs do not call them `_total`. */
const COUNTERS_WITHOUT_TOTAL = [
  // The kernel's counters, which node_exporter serves without a type.
  /^node_(netstat|vmstat)_/,
  // cAdvisor and the kubelet are older than the rule.
  /^container_memory_failcnt$/,
  /^kubelet_evictions$/,
  // Fields of NVIDIA's library, by their names there.
  /^DCGM_/,
  /^grafana_access_evaluation_count$/,
];

/** Other types whose names end as a counter's. */
const TOTAL_AND_NO_COUNTER = ['vllm:iteration_tokens_total'];

/** Units that names do not agree with, because the program says one thing and means another. */
const MISNAMED = [
  'prometheus_tsdb_compaction_chunk_range_seconds',
  'otelcol_otelsvc_k8s_pod_table_size_ratio',
  'jaeger_storage_responses_seconds',
];

test('every emitter has entries, but for the user’s services, whose names are the configuration’s', () => {
  const emitters = new Set(METRICS.map(({ emitter }) => emitter));
  expect(Object.values(EMITTERS).filter((emitter) => !emitters.has(emitter))).toEqual([EMITTERS.userServices]);
});

test('a series of one emitter is one entry in each version', () => {
  const bySeries = new Map<string, Metric[]>();
  for (const metric of METRICS) {
    for (const [name] of seriesOf(metric)) {
      const key = `${metric.emitter.title}: ${name}`;
      bySeries.set(key, [...(bySeries.get(key) ?? []), metric]);
    }
  }
  const twice = [...bySeries].filter(([, metrics]) =>
    metrics.some((one, index) => metrics.slice(index + 1).some((other) => overlap(one, other))),
  );
  expect(twice.map(([key]) => key)).toEqual([]);
});

test('names and labels are ones that Prometheus takes, and no label is one of its own', () => {
  expect(without(({ name }) => /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name))).toEqual([]);
  const isLabel = (name: string) => /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) && !/^(le|quantile|__.*)$/.test(name);
  expect(without(({ labels }) => Object.keys(labels).every(isLabel))).toEqual([]);
});

test('a histogram or a summary has the name of the whole, not of a part', () => {
  const wholes = METRICS.filter(({ type }) => type === 'histogram' || type === 'summary');
  expect(without(({ name }) => !/_(bucket|sum|count)$/.test(name), wholes)).toEqual([]);
});

test('counters end in _total, and nothing else does', () => {
  const counters = METRICS.filter(({ type }) => type === 'counter');
  const mayLack = ({ name }: Metric) => COUNTERS_WITHOUT_TOTAL.some((pattern) => pattern.test(name));
  expect(without((metric) => metric.name.endsWith('_total') || mayLack(metric), counters)).toEqual([]);
  const others = named(/_total$/).filter(({ name }) => !TOTAL_AND_NO_COUNTER.includes(name));
  expect(without(({ type }) => type === 'counter', others)).toEqual([]);
});

test('the unit is what the name says', () => {
  const says = (pattern: RegExp, ...units: readonly string[]) =>
    without(
      ({ unit }) => units.includes(unit),
      named(pattern).filter(({ name }) => !MISNAMED.includes(name)),
    );
  expect(says(/_seconds(_total)?$/, 'seconds', 'timestamp')).toEqual([]);
  expect(says(/_milliseconds(_total)?$/, 'milliseconds')).toEqual([]);
  expect(says(/_bytes(_total)?$/, 'bytes')).toEqual([]);
  expect(says(/_ratio$/, 'ratio')).toEqual([]);
  expect(says(/_(spans)(_total)?$/, 'spans')).toEqual([]);
  expect(says(/_timestamp(_seconds)?$/, 'timestamp', 'milliseconds')).toEqual([]);
});

test('what is called _info is a gauge of 1 with labels, and nothing else is', () => {
  expect(
    named(/_info$/)
      .filter(({ type }) => type !== 'info')
      .map(place),
  ).toEqual([]);
  const infos = METRICS.filter(({ type }) => type === 'info');
  expect(without(({ unit, labels }) => unit === 'none' && Object.keys(labels).length > 0, infos)).toEqual([]);
});

test('an entry begins before it ends, and no event is left unsaid', () => {
  expect(without(({ since, until }) => since === undefined || until === undefined || isBefore(since, until))).toEqual(
    [],
  );
  expect(without(({ emitted }) => emitted === 'always' || emitted.after.length > 3)).toEqual([]);
});

test('what is shipped is among the versions: nothing is only of another', () => {
  const shipped = {
    jaeger: IMAGES.jaeger.tag,
    collector: IMAGES.collector.tag,
    prometheus: IMAGES.prometheus.tag,
    grafana: IMAGES.grafana.tag,
  };
  for (const [name, version] of Object.entries(shipped)) {
    const entries = METRICS.filter(({ emitter }) => emitter === EMITTERS[name as EmitterName]);
    expect(entries.filter((metric) => isIn(metric, version)).length).toBeGreaterThan(entries.length / 2);
  }
});

test('what senders make up is marked, so that nothing groups by it', () => {
  const open = METRICS.flatMap((metric) => Object.entries(metric.labels).map(([label, class_]) => ({ label, class_ })));
  const labels = [...new Set(open.filter(({ class_ }) => class_ === 'open').map(({ label }) => label))].sort();
  expect(labels).toEqual(['span_name']);
});

test('what Jan Server defines and never records says so', () => {
  expect(METRICS.filter(({ recorded }) => !recorded).map(({ name }) => name)).toEqual([
    'jan_llm_api_first_token_seconds',
    'jan_llm_api_provider_errors_total',
    'jan_llm_api_provider_health',
    'jan_llm_api_active_streams',
    'jan_llm_api_conversations_created_total',
    'jan_llm_api_auth_requests_total',
    ...named(/^jan_memory_/).map(({ name }) => name),
  ]);
});
