import { CONTEXT, kubectl, until } from '../../cluster/cluster';
import { prometheusIn } from '../apis';
import { resultOf, startPod } from '../pods';
import { type SentSpan, TOKENS } from '../programs/jan-trace';
import { JAN, LIGHT, note, OVERLAY, projectWith, up, verb } from '../stack';

/** Namespace of the second stack. */
export const PAIR = 'e2e-pair';
const COUNT = 150;
const FALLBACKS = 30;
const RUN = 'pair';

/** Numbers must be right where a service has several pods, and so has the Collector. */
export function pair(): void {
  const project = projectWith(OVERLAY, LIGHT, { namespace: PAIR, collector: { replicas: 2 } });
  const { query, value } = prometheusIn(PAIR);

  test('a second stack comes up beside the first, where Jan Server came before it', async () => {
    await up(project);
    const isScraped = async () => (await value('up{job="llm-api"}')) === 1;
    await until(isScraped, 'the stand-in to be scraped by the second stack too');
  });

  test('counters only grow, and sums are exact', async () => {
    const senders = [0, 1].map((index) => {
      const address = kubectl(['-n', PAIR, 'get', 'pod', `otel-collector-${index}`, '-o', 'jsonpath={.status.podIP}']);
      const env = {
        ENDPOINT: `http://${address}:4318`,
        RUN,
        COUNT: `${COUNT}`,
        FALLBACKS: `${FALLBACKS}`,
        SECONDS: '30',
      };
      const pod = { name: `e2e-pair-${index}`, namespace: JAN };
      startPod({ ...pod, program: 'sender', env });
      return pod;
    });
    const spans = (await Promise.all(senders.map((pod) => resultOf<SentSpan[]>(pod)))).flat();
    expect(spans).toHaveLength(2 * COUNT * 4);
    const events = `jan_analytics_events_total{run="${RUN}"}`;
    const calls = `traces_span_metrics_calls_total{http_route="/v1/chat/completions/${RUN}",span_kind="SPAN_KIND_SERVER"}`;
    const answered = COUNT - FALLBACKS;
    const model = `gen_ai_request_model="${RUN}",gen_ai_provider_name="vllm",service_name="llm-api"`;
    const tokens = (type: keyof typeof TOKENS) => `gen_ai_client_token_usage_sum{${model},gen_ai_token_type="${type}"}`;
    const ofEach: Readonly<Record<string, number>> = {
      [events]: COUNT,
      [calls]: COUNT,
      [tokens('input')]: TOKENS.input * answered,
      [tokens('output')]: TOKENS.output * answered,
      [`gen_ai_client_operation_duration_seconds_count{${model},error_type=""}`]: answered,
      [`gen_ai_client_operation_duration_seconds_count{${model},error_type="500"}`]: FALLBACKS,
      [`gen_ai_client_finish_reasons_total{${model},gen_ai_response_finish_reason="stop"}`]: answered,
      [`jan_completion_fallbacks_total{${model},http_route="/v1/chat/completions"}`]: FALLBACKS,
    };
    for (const [series, each] of Object.entries(ofEach)) {
      await until(async () => (await value(`sum(${series})`)) === 2 * each, `the sum of ${series} to be ${2 * each}`);
      // One of each pod, though both are the same service.
      expect(await query(series)).toHaveLength(2);
      expect(await value(`max(resets(${series}[10m]))`)).toBe(0);
      // Nor was the sum ever more, or less than before.
      expect(await value(`max_over_time(sum(${series})[10m:5s])`)).toBeLessThanOrEqual(2 * each);
      expect(await value(`resets(sum(${series})[10m:5s])`)).toBe(0);
    }
    note('two pods through two Collectors, requests counted', 2 * COUNT);
  });

  test('the second stack is removed completely', async () => {
    expect((await verb(project, 'down-v', { DELETE: CONTEXT })).code).toBe(0);
    kubectl(['delete', 'namespace', PAIR, '--wait', '--timeout=120s']);
  });
}
