/** LLM serving and MCP tools: what depends on the environment, and where clicks lead. */
import { llmServing } from '../../../../content/dashboards/boards/llm';
import { mcpTools } from '../../../../content/dashboards/boards/mcp';
import type { Dashboard, Panel } from '../../../../content/dashboards/spec';
import { configFrom } from '../../../support';
import { PRICES } from '../dashboard-files';

const VLLM = 'vllm: { namespace: jan, podLabels: { app: vllm } }\n';
const state = ({ rows }: Dashboard): readonly Panel[] => rows[0]?.panels ?? [];
const all = ({ rows }: Dashboard): readonly Panel[] => rows.flatMap(({ panels }) => panels);
const exprsOf = (panels: readonly Panel[]) =>
  panels.flatMap((panel) => ('queries' in panel ? panel.queries.map(({ expr }) => expr) : []));
const linksOf = (panel: Panel | undefined) => (panel !== undefined && 'queries' in panel ? (panel.links ?? []) : []);

describe('the time to the first token', () => {
  const source = (text: string) =>
    exprsOf(state(llmServing(configFrom(text))).filter(({ title }) => title === 'First token')).join();

  test("is vLLM's where vLLM is scraped", () =>
    expect([source(VLLM), source(`janServer: null\n${VLLM}`)]).toEqual(
      Array(2).fill(expect.stringContaining('vllm:time_to_first_token_seconds_bucket{model_name=~"$served"}')),
    ));

  test('is that of spans where other services than those of Jan Server may report it', () =>
    expect(source('janServer: null')).toContain('gen_ai_client_operation_time_to_first_chunk_seconds_bucket'));

  test('is no panel that would say "no data" for ever: llm-api does not report it', () => expect(source('')).toBe(''));
});

test('panels of llm-api are there where llm-api is', () => {
  const own = (text: string) =>
    exprsOf(all(llmServing(configFrom(text)))).filter((expr) => /jan_completion_fallbacks|jan_llm_api/.test(expr));
  expect(own('').length).toBeGreaterThan(4);
  expect(own('janServer: null')).toEqual([]);
});

test("none of llm-api's own counts of tokens and durations is shown: for streams they are wrong", () =>
  expect(exprsOf(all(llmServing(configFrom(PRICES)))).join('\n')).not.toMatch(/jan_llm_api_(tokens|llm_duration)/));

test('a line of a model leads to this model, to its traces, and to the service that called it', () => {
  const failing = all(llmServing(configFrom(''))).find(({ title }) => title === 'Failing calls by model');
  const model = '${__field.labels.gen_ai_request_model}';
  const provider = '${__field.labels.gen_ai_provider_name}';
  const [alone, traces, service] = linksOf(failing);
  expect(alone).toMatchObject({ dashboard: 'llm-serving', variables: { model, provider } });
  expect(JSON.stringify(traces)).toMatch(/llm-api.*failed.*gen_ai\.request\.model/);
  expect(service).toMatchObject({ dashboard: 'service-red', variables: { service: 'llm-api' } });
});

test('where several services may call models, a line of a model leads to no service', () => {
  const failing = all(llmServing(configFrom('janServer: null'))).find(
    ({ title }) => title === 'Failing calls by model',
  );
  expect(linksOf(failing).map(({ title }) => title)).toEqual(['Calls to this model']);
});

test('the state of circuit breakers, which is written at the start only, is no sign of health', () => {
  expect(exprsOf(state(mcpTools())).join('\n')).not.toContain('jan_mcp_circuit_breaker_state');
  expect(exprsOf(all(mcpTools())).join('\n')).toContain('jan_mcp_circuit_breaker_state');
});

test('providers of tools are no variable: a search that fails has the provider "none"', () =>
  expect(mcpTools().variables.map(({ name }) => name)).toEqual(['tool']));
