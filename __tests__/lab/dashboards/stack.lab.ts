/** The dashboards of the stack's own programs in the real promtool: what their state says when something is wrong. */
import { collector } from '../../../content/dashboards/boards/collector';
import { jaeger } from '../../../content/dashboards/boards/jaeger';
import { prometheus } from '../../../content/dashboards/boards/prometheus';
import { show } from './judging';

type Series = Readonly<Record<string, string>>;

const ALL = '.*';
const NOTHING = {};
const one = (value: number) => ({ '{}': value });
const always = (value: number) => `${value}x240`;
const growing = (perHalfMinute: number) => `0+${perHalfMinute}x240`;
/** It begins to exist a quarter of an hour before the end. */
const FIRST_LOSS = '_x210 5x30';

const target = (job: string, pod: string) => `job="${job}",instance="${pod}",namespace="jan-monitoring",pod="${pod}"`;

describe('the Collector', () => {
  const of = (pod: string) => target('otel-collector-internal', pod);
  const shown = (series: Series, pod = ALL) => ({ dashboard: collector(), chosen: { collector_pod: pod }, series });
  const UP = { [`up{${of('a')}}`]: always(1), [`up{${of('b')}}`]: always(0) };
  const lost = (pod: string, exporter: string, items = 'spans') =>
    `otelcol_exporter_send_failed_${items}_total{${of(pod)},exporter="${exporter}"}`;

  test('a pod that is down is seen, and its share of all', async () => {
    await show(shown(UP), { 'Collectors up': one(0.5) });
    await show(shown(UP, 'a'), { 'Collectors up': one(1) });
  });

  test.each([
    ['nothing was ever lost', {}, 0],
    ['it was long ago', { [lost('a', 'otlp_http/jaeger')]: always(5) }, 0],
    ['a first batch is lost', { [lost('a', 'otlp_http/jaeger')]: FIRST_LOSS }, 1],
    [
      'two exporters lose',
      { [lost('a', 'otlp_http/jaeger')]: growing(1), [lost('a', 'otlp_http/store', 'metric_points')]: FIRST_LOSS },
      2,
    ],
  ])('exporters that lose data are counted: %s', (_, series, count) =>
    show(shown({ ...UP, ...series }), { 'Losing data': one(count) }),
  );

  test('without a Collector there is no data on losses, and not zero', () =>
    show(shown({ [`up{${of('a')}}`]: always(0) }), { 'Losing data': NOTHING, 'Spans refused': NOTHING }));

  test('memory is of the pod that is nearest to its own limit', async () => {
    const limit = (pod: string) =>
      `kube_pod_container_resource_limits{job="kube-state-metrics",namespace="jan-monitoring",pod="${pod}",container="otel-collector",resource="memory"}`;
    const series = {
      [`otelcol_process_memory_rss_bytes{${of('a')}}`]: always(400),
      [`otelcol_process_memory_rss_bytes{${of('b')}}`]: always(900),
      [limit('a')]: always(500),
      [limit('b')]: always(2000),
    };
    await show(shown(series), { 'Memory used': one(0.8) });
    await show(shown(series, 'b'), { 'Memory used': one(0.45) });
  });

  test('a processor that drops on purpose, refuses, or multiplies loses nothing', () => {
    const items = (way: string, processor: string) =>
      `otelcol_processor_${way}_items_total{${of('a')},processor="${processor}",otel_signal="traces"}`;
    const through = (processor: string, into: number, out: number) => ({
      [items('incoming', processor)]: growing(into),
      [items('outgoing', processor)]: growing(out),
    });
    const series = {
      ...through('filter/added', 60, 30),
      ...through('probabilistic_sampler', 90, 30),
      ...through('memory_limiter', 60, 30),
      ...through('transform/gen_ai_points', 30, 90),
      ...through('transform/privacy', 60, 30),
    };
    const by = (processor: string) => `{processor="${processor}",otel_signal="traces"}`;
    return show(shown(series), {
      'Lost in processors': { [by('transform/gen_ai_points')]: 0, [by('transform/privacy')]: 1 },
      'Left out on purpose': { [by('filter/added')]: 1, [by('probabilistic_sampler')]: 2 },
    });
  });
});

describe('Jaeger', () => {
  const of = (role: string, pod: string) => target(`jaeger-${role}`, pod);
  const shown = (series: Series) => ({ dashboard: jaeger(), chosen: { jaeger_pod: ALL }, series });

  test('a role of which all pods are down is not hidden by the others', () =>
    show(
      shown({
        [`up{${of('collector', 'a')}}`]: always(1),
        [`up{${of('collector', 'b')}}`]: always(1),
        [`up{${of('query', 'c')}}`]: always(0),
      }),
      { 'Jaegers up': one(0) },
    ));

  test('the first write that fails is counted, and reads are judged apart', () => {
    const pod = of('collector', 'a');
    const read = (name: string, more = '') =>
      `jaeger_storage_${name}{${of('query', 'c')},operation="find_traces"${more}}`;
    return show(
      shown({
        [`up{${pod}}`]: always(1),
        [`otelcol_exporter_send_failed_spans_total{${pod},exporter="jaeger_storage_exporter"}`]: FIRST_LOSS,
        [read('requests_total', ',result="ok"')]: growing(90),
        [read('requests_total', ',result="err"')]: growing(30),
        [read('latency_seconds_sum')]: growing(60),
        [read('latency_seconds_count')]: growing(120),
      }),
      { 'Failing writes': one(1), 'Failing reads': one(0.25), 'Mean read': one(0.5), Reads: one(4) },
    );
  });
});

describe('Prometheus', () => {
  const SELF = 'job="prometheus",instance="localhost:9090"';
  const shown = (series: Series) => ({
    dashboard: prometheus({ remoteWrite: [] }),
    chosen: {},
    series,
  });

  test('targets that are down are named', () => {
    const of = (pod: string) => target('llm-api', pod);
    return show(
      shown({
        [`up{${of('a')}}`]: always(1),
        [`up{${of('b')}}`]: always(0),
        [`scrape_duration_seconds{${of('a')}}`]: always(0.1),
        [`scrape_duration_seconds{${of('b')}}`]: always(10),
      }),
      { 'Targets up': one(0.5), 'Targets that are down': { [`{${of('b')}}`]: 10 } },
    );
  });

  test.each([
    ['of its limit', always(1000), one(0.9)],
    ['of no limit', always(0), NOTHING],
  ])('the size of the database is a share %s', (_, limit, expected) =>
    show(
      shown({
        [`prometheus_tsdb_storage_blocks_bytes{${SELF}}`]: always(700),
        [`prometheus_tsdb_wal_storage_size_bytes{${SELF}}`]: always(150),
        [`prometheus_tsdb_head_chunks_storage_size_bytes{${SELF}}`]: always(50),
        [`prometheus_tsdb_retention_limit_bytes{${SELF}}`]: limit,
      }),
      { 'Disk used': expected },
    ),
  );
});
