/**
 * The metrics of Jan Server's services, from its sources of 2026-01 and from measurements (metrics/emitted). Several metrics are defined
 * but never recorded, and response-api and media-api do not import theirs: they have only the Go runtime's.
 */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';
import { goRuntime, metricsHandler, processOf } from './go-runtime';

const llm = entriesOf('llmApi', { after: 'a request has been answered' });
const dead = entriesOf('llmApi', { recorded: false });
const mcp = entriesOf('mcpTools', { after: 'a tool has been called' });
const realtime = entriesOf('realtimeApi', { after: 'a request has been answered' });

const MODEL = { model: 'bounded', provider: 'bounded' } as const;
const TOOL = { tool_name: 'fixed', provider: 'fixed' } as const;
const REQUEST = { method: 'fixed', endpoint: 'bounded', status: 'fixed' } as const;
const HTTP = { method: 'fixed', path: 'bounded', status: 'fixed' } as const;

/**
 * llm-api, as Prometheus stores it: paths without a route, methods that HTTP does not know and `jan_llm_api_user_agents_total`, whose
 * values a client chooses, are left out (charts/jan-server/client-labels.ts). The counters of tokens count words if an answer is streamed:
 * 260,070 instead of 416,350. `gen_ai_client_token_usage` is correct.
 */
export const LLM_API: readonly Metric[] = [
  llm.counter('jan_llm_api_requests_total', 'requests', { ...REQUEST, model: 'fixed', stream: 'fixed' }),
  llm.histogram('jan_llm_api_request_duration_seconds', 'seconds', REQUEST),
  llm.counter('jan_llm_api_tokens_prompt_total', 'tokens', MODEL),
  llm.counter('jan_llm_api_tokens_completion_total', 'tokens', MODEL),
  llm.histogram('jan_llm_api_tokens_per_request', 'tokens', { model: 'bounded', type: 'fixed' }),
  llm.histogram('jan_llm_api_llm_duration_seconds', 'seconds', { ...MODEL, stream: 'fixed' }),
  llm.counter(
    'jan_llm_api_shares_total',
    'shares',
    { scope: 'fixed', status: 'fixed' },
    { after: 'something is shared' },
  ),
  llm.counter('jan_llm_api_public_share_requests_total', 'requests', { method: 'fixed', status: 'fixed' }),
  llm.counter('jan_llm_api_user_agent_family_total', 'requests', { family: 'fixed' }),
  dead.histogram('jan_llm_api_first_token_seconds', 'seconds', MODEL),
  dead.counter('jan_llm_api_provider_errors_total', 'errors', { provider: 'bounded', error_type: 'fixed' }),
  dead.gauge('jan_llm_api_provider_health', 'boolean', { provider: 'bounded' }),
  dead.gauge('jan_llm_api_active_streams', 'streams', { model: 'bounded' }),
  dead.counter('jan_llm_api_conversations_created_total', 'conversations'),
  dead.counter('jan_llm_api_auth_requests_total', 'requests', { auth_type: 'fixed', status: 'fixed' }),
];

/** mcp-tools. The state of a circuit breaker is 0 closed, 0.5 half open, 1 open, and is written when the program starts only. */
export const MCP_TOOLS: readonly Metric[] = [
  mcp.counter('jan_mcp_requests_total', 'requests', { method: 'fixed', status: 'fixed' }),
  mcp.counter('jan_mcp_tool_calls_total', 'calls', { ...TOOL, status: 'fixed' }),
  mcp.counter('jan_mcp_tool_tokens_total', 'tokens', TOOL),
  mcp.histogram('jan_mcp_tool_duration_seconds', 'seconds', TOOL),
  mcp.counter('jan_mcp_external_provider_requests_total', 'requests', {
    operation: 'fixed',
    provider: 'fixed',
    status: 'fixed',
  }),
  mcp.histogram('jan_mcp_external_provider_latency_seconds', 'seconds', { provider: 'fixed' }),
  entriesOf('mcpTools').gauge('jan_mcp_circuit_breaker_state', 'state', { provider: 'fixed' }),
];

/** realtime-api. Other services may use the same names: they belong to this one only with its job. A path without a route is `unknown`. */
export const REALTIME_API: readonly Metric[] = [
  realtime.counter('http_requests_total', 'requests', HTTP),
  realtime.histogram('http_request_duration_seconds', 'seconds', HTTP),
  entriesOf('realtimeApi').gauge('http_requests_in_flight', 'requests'),
];

const memory = entriesOf('memoryTools', { recorded: false });

/** memory-tools. It records none of its metrics: two histograms exist, at zero. */
export const MEMORY_TOOLS: readonly Metric[] = [
  memory.histogram('jan_memory_embedding_duration_seconds', 'seconds'),
  memory.histogram('jan_memory_vector_search_duration_seconds', 'seconds'),
  memory.counter('jan_memory_requests_total', 'requests', REQUEST),
  memory.histogram('jan_memory_request_duration_seconds', 'seconds', { method: 'fixed', endpoint: 'bounded' }),
  memory.counter('jan_memory_load_total', 'loads', { status: 'fixed' }),
  memory.counter('jan_memory_observe_total', 'observations', { status: 'fixed' }),
  memory.counter('jan_memory_cache_hits_total', 'lookups', { cache_type: 'fixed' }),
  memory.counter('jan_memory_cache_misses_total', 'lookups', { cache_type: 'fixed' }),
];

const SERVICES = ['llmApi', 'mcpTools', 'responseApi', 'mediaApi', 'realtimeApi', 'memoryTools'] as const;

/** Go's runtime, of every service. */
export const JAN_RUNTIME: readonly Metric[] = SERVICES.flatMap((service) => [
  ...goRuntime(service),
  ...processOf(service),
  ...metricsHandler(service),
]);
