import { until } from '../../cluster/cluster';
import { prometheusIn } from '../apis';
import { runPod } from '../pods';
import { type SentSpan, TOKENS } from '../programs/jan-trace';
import { JAN, NAMESPACE, note } from '../stack';

const RUN = 'e2e-signals';
const ROUTE = '/v1/chat/completions';
const COUNT = 20;

/** Requests to the route, those of them that failed, and what share was answered by a model. */
const CALLS = `traces_span_metrics_calls_total{service_name="llm-api",http_route="${ROUTE}",span_kind="SPAN_KIND_SERVER"}`;
const FALLBACKS = `jan_completion_fallbacks_total{service_name="llm-api",http_route="${ROUTE}",gen_ai_request_model="${RUN}"}`;
const AVAILABILITY = `1 - sum by (service_name, http_route) (${FALLBACKS}) / sum by (service_name, http_route) (${CALLS})`;

/** What the Collector makes of spans of LLM calls: beside the span metrics, which other steps read. */
export function signals(): void {
  const { value, query } = prometheusIn(NAMESPACE);
  const is = (expr: string, expected: number) =>
    until(async () => (await value(expr)) === expected, `${expr} to be ${expected}`);
  const send = (name: string, count: number, fallbacks: number) =>
    runPod<SentSpan[]>({
      name,
      namespace: JAN,
      program: 'sender',
      env: {
        ENDPOINT: `http://otel-collector.${NAMESPACE}:4318`,
        RUN,
        ROUTE,
        COUNT: `${count}`,
        FALLBACKS: `${fallbacks}`,
      },
    });

  test("Jan Server's calls are counted by model and provider, each once", async () => {
    await send('e2e-calls', COUNT, 0);
    const labels = `gen_ai_request_model="${RUN}",gen_ai_provider_name="vllm",gen_ai_operation_name="chat",job="jan/llm-api"`;
    for (const [type, tokens] of Object.entries(TOKENS))
      await is(`sum(gen_ai_client_token_usage_sum{${labels},gen_ai_token_type="${type}"})`, COUNT * tokens);
    await is(`sum(gen_ai_client_operation_duration_seconds_count{${labels}})`, COUNT);
    await is(`sum(gen_ai_client_finish_reasons_total{${labels},gen_ai_response_finish_reason="stop"})`, COUNT);
    await is(`sum(${CALLS})`, COUNT);
  });

  test('the counter of fallbacks exists before the first fallback', async () => {
    await is(`sum(${FALLBACKS})`, 0);
    await is(AVAILABILITY, 1);
  });

  test('one fallback, answered with 200, raises the counter and lowers the availability of its route', async () => {
    await send('e2e-fallback', 1, 1);
    await is(`sum(${FALLBACKS})`, 1);
    await is(AVAILABILITY, 1 - 1 / (COUNT + 1));
    const failed = CALLS.replace('}', ',http_response_status_code=~"5.."}');
    expect(await query(failed)).toEqual([]);
    note('availability after one fallback in 21 requests', 1 - 1 / (COUNT + 1));
  });
}
