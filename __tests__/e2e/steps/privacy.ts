import { createHash } from 'node:crypto';
import { until } from '../../cluster/cluster';
import { jaegerIn, prometheusIn, type StoredTrace } from '../apis';
import { runPod } from '../pods';
import { JAN, NAMESPACE, note } from '../stack';

/** What nothing else has in it. */
const RAW = 'ZZ-personal';
const USER = '42424242';
const ADDRESS = '203.0.113.77';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Development hashes personal data: what was sent is looked for in all that Jaeger and Prometheus answer. */
export function privacy(): void {
  const jaeger = jaegerIn(NAMESPACE);
  const prometheus = prometheusIn(NAMESPACE);

  test('Jaeger has no personal value as it was sent, and one hash for one value', async () => {
    const env = { ENDPOINT: `http://otel-collector.${NAMESPACE}:4318`, RAW, USER, ADDRESS };
    const id = await runPod<string>({ name: 'e2e-personal', namespace: JAN, program: 'personal', env });
    let trace: StoredTrace | null = null;
    await until(async () => {
      trace = await jaeger.trace(id);
      return trace !== null;
    }, `trace ${id}`);
    const answer = JSON.stringify(trace);
    expect([RAW, USER, ADDRESS].filter((value) => answer.includes(value))).toEqual([]);
    const [span] = (trace as unknown as StoredTrace).spans;
    expect(span?.operationName).toBe('POST /v1/personal');
    expect(Object.fromEntries((span?.tags ?? []).map(({ key, value }) => [key, value]))).toMatchObject({
      'user.id': sha256(USER),
      'http.client_ip': sha256(ADDRESS),
      'client.address': sha256(ADDRESS),
      'http.url': `https://jan.example/v1/chat/completions?${sha256(`?token=${RAW}`)}`,
      'conversation.id': 'conv_1',
    });
    note('personal values found in Jaeger as they were sent', 0);
  });

  test('names of operations and labels in Prometheus have no personal value', async () => {
    const { data } = await jaeger.api<{ data: readonly unknown[] }>('/operations?service=llm-api');
    expect(JSON.stringify(data)).toContain('POST /v1/personal');
    expect(JSON.stringify(data)).not.toContain(RAW);
    const calls = 'traces_span_metrics_calls_total{http_route="/v1/personal"}';
    await until(async () => (await prometheus.query(calls)).length === 1, 'the span to be counted');
    expect(JSON.stringify(await prometheus.query('{service_name="llm-api"}'))).not.toContain(RAW);
  });
}
