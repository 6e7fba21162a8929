import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FORWARDED, until } from '../../cluster/cluster';
import { jaegerIn, prometheusIn, type StoredTrace } from '../apis';
import { whileForwarded } from '../forwarded';
import { bundleFile, runPod, startPod } from '../pods';
import type { SentSpan } from '../programs/jan-trace';
import { JAN, NAMESPACE, note } from '../stack';
import { PROJECT } from './first-up';

const COUNT = 5;

/** What was sent, by the name of the run. */
const sent = new Map<string, readonly SentSpan[]>();

const prometheus = prometheusIn(NAMESPACE);
const jaeger = jaegerIn(NAMESPACE);

/** A sender that goes on while other steps run, so that rates can be seen. */
const STEADY = { namespace: JAN, name: 'e2e-steady' };

/** Spans and metrics as Jan Server sends them, by each protocol and on each way. */
export function telemetry(): void {
  test('sent by each protocol, from a pod in the namespace of Jan Server', async () => {
    const inside = { json: 4318, protobuf: 4318, grpc: 4317 };
    const steady = { ENDPOINT: `http://otel-collector.${NAMESPACE}:4318`, RUN: 'steady', COUNT: '240', SECONDS: '120' };
    startPod({ ...STEADY, program: 'sender', env: steady });
    await Promise.all(
      Object.entries(inside).map(async ([protocol, port]) => {
        const env = {
          ENDPOINT: `http://otel-collector.${NAMESPACE}:${port}`,
          PROTOCOL: protocol,
          RUN: `pod-${protocol}`,
          COUNT: `${COUNT}`,
        };
        sent.set(env.RUN, await runPod<SentSpan[]>({ name: `e2e-${env.RUN}`, namespace: JAN, program: 'sender', env }));
      }),
    );
  });

  test('sent through the forwarded ports', async () => {
    const send = promisify(execFile);
    await whileForwarded(PROJECT, ['OTEL_HTTP_PORT', 'OTEL_GRPC_PORT'], async () => {
      for (const protocol of ['json', 'protobuf', 'grpc']) {
        const env = {
          ENDPOINT: `http://127.0.0.1:${FORWARDED[protocol === 'grpc' ? 'OTEL_GRPC_PORT' : 'OTEL_HTTP_PORT']}`,
          PROTOCOL: protocol,
          RUN: `forward-${protocol}`,
          COUNT: `${COUNT}`,
        };
        const { stdout } = await send(process.execPath, [bundleFile('sender')], { env: { ...process.env, ...env } });
        sent.set(env.RUN, JSON.parse(stdout) as SentSpan[]);
      }
    });
  });

  test('every span is in Jaeger, with its attributes, events and status', async () => {
    const spans = [...sent.values()].flat();
    expect(spans).toHaveLength(6 * COUNT * 4);
    for (const [id, expected] of byTrace(spans)) {
      let trace: StoredTrace | null = null;
      await until(async () => {
        trace = await jaeger.trace(id);
        return trace?.spans.length === expected.length;
      }, `the ${expected.length} spans of trace ${id}`);
      for (const span of expected) compare(span, trace as unknown as StoredTrace);
    }
    note('spans found in Jaeger, span for span', spans.length);
  });

  test('metrics, and the metrics of spans with an exemplar, are in Prometheus', async () => {
    const begun = Date.now();
    for (const [run, spans] of sent) {
      const route = `http_route="/v1/chat/completions/${run}"`;
      const is = (expr: string, value: number) =>
        until(async () => (await prometheus.value(expr)) === value, `${expr} to be ${value}`);
      await is(`sum(jan_analytics_events_total{run="${run}",job="jan/llm-api"})`, COUNT);
      await is(`sum(jan_analytics_duration_ms_milliseconds_count{run="${run}"})`, COUNT);
      await is(
        `sum(traces_span_metrics_calls_total{${route},service_name="llm-api",span_kind="SPAN_KIND_SERVER"})`,
        COUNT,
      );
      const ids = new Set(spans.map(({ traceId }) => traceId));
      const exemplars = () =>
        prometheus.exemplars(`traces_span_metrics_duration_seconds_bucket{${route}}`, begun - 600_000);
      await until(
        async () => (await exemplars()).some(({ labels }) => ids.has(labels.trace_id ?? '')),
        `an exemplar of ${run}`,
      );
    }
  });

  test('a pod is one instance from its first span on', async () => {
    // It has sent more than once, and the Collector has seen its pod in between.
    const events = 'jan_analytics_events_total{run="steady"}';
    await until(async () => ((await prometheus.value(`max(${events})`)) ?? 0) > 20, 'more of the steady sender');
    const calls =
      'traces_span_metrics_calls_total{http_route="/v1/chat/completions/steady",span_kind="SPAN_KIND_SERVER"}';
    await until(async () => (await prometheus.query(calls)).length > 0, 'the first span metrics of the steady sender');
    for (const series of [events, calls]) expect(await prometheus.query(series)).toHaveLength(1);
    const named = 'count(target_info{k8s_pod_name="e2e-steady",job="jan/llm-api"})';
    await until(async () => (await prometheus.value(named)) === 1, 'the name of the pod');
  });
}

function byTrace(spans: readonly SentSpan[]): ReadonlyMap<string, readonly SentSpan[]> {
  const traces = new Map<string, SentSpan[]>();
  for (const span of spans) traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), span]);
  return traces;
}

/** A span as it was sent, with the trace that Jaeger gives back. */
function compare(span: SentSpan, { spans, processes }: StoredTrace): void {
  const stored = spans.find(({ spanID }) => spanID === span.spanId);
  const tags = Object.fromEntries((stored?.tags ?? []).map(({ key, value }) => [key, value]));
  expect({
    name: stored?.operationName,
    service: processes[stored?.processID ?? '']?.serviceName,
    parent: stored?.references.find(({ refType }) => refType === 'CHILD_OF')?.spanID ?? null,
    kind: tags['span.kind'],
    isError: tags.error === true,
    events: stored?.logs.map(({ fields }) => fields.find(({ key }) => key === 'event')?.value),
    attributes: Object.fromEntries(Object.keys(span.attributes).map((key) => [key, tags[key]])),
  }).toEqual({
    name: span.name,
    service: span.service,
    parent: span.parentSpanId,
    kind: span.kind,
    isError: span.isError,
    events: span.events,
    attributes: span.attributes,
  });
}
