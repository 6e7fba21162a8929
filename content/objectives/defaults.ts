import type { Slo } from '../../config/schema/slos';
import { seconds } from '../../config/units';
import { isCompletion, notAnswer } from '../../metrics/routes';
import { SPAN_METRICS } from '../../metrics/span-metrics';
import { FAILED, FALLBACKS, NOT_REFUSED, REQUEST, SERVER_SPAN, SPAN_DURATION, selector } from '../../metrics/spans';
import type { AlertSettings } from '../alerts/settings';

const LLM_API = 'service_name="llm-api"';

/** The settings that objectives depend on. */
type Objectives = Pick<AlertSettings, 'slos' | 'janServer' | 'prometheus' | 'vllm'>;

/** The objectives of an environment: the user's, or the defaults for what is configured. */
export const slosOf = (config: Objectives): readonly Slo[] => config.slos ?? defaultSlos(config);

/**
 * The default objectives of Jan Server and vLLM. Other services have none, because only the team that runs a service can set its
 * objectives; until then the alerts ServiceErrorRateHigh and ServiceLatencyHigh cover them.
 */
function defaultSlos(config: Objectives): readonly Slo[] {
  const window = WINDOWS.find((length) => seconds(length) <= seconds(config.prometheus.retention.time));
  if (window === undefined) return [];
  const scraped = (config.janServer?.services ?? []).map(({ name }) => name);
  return [
    ...(config.janServer === null ? [] : LLM_API_SLOS),
    ...(scraped.includes('mcp-tools') ? [MCP_TOOLS] : []),
    ...(config.vllm === null ? [] : [TIME_TO_FIRST_TOKEN]),
  ].map((slo) => ({ ...slo, window, sampled: 'refused' }));
}

/** The longest window that the stored samples cover is the default. */
const WINDOWS = ['30d', '28d', '7d'] as const;

type DefaultSlo = Omit<Slo, 'window' | 'sampled'>;

/** Chat completions. Other requests to llm-api would hide their failures; requests that were refused because of the client do not count. */
const COMPLETIONS = [LLM_API, SERVER_SPAN, isCompletion('http_route')];

/**
 * Requests to a route on which no model answers. Requests without a route are left out: they are refused at once, and any client can send
 * them.
 */
const WITHOUT_MODEL = [LLM_API, REQUEST, notAnswer('http_route'), 'http_route!=""'].join(',');

/**
 * There is no objective on the duration of chats: it depends on the length of the answers, and no span of llm-api has the time of the first
 * token. If vLLM is scraped, there is one on its time to first token.
 */
const LLM_API_SLOS: readonly DefaultSlo[] = [
  {
    name: 'llm-api-availability',
    description:
      'Chat completions of llm-api are answered, and by a model: an error of the provider that is answered with 200 is bad',
    service: 'llm-api',
    objective: 99.5,
    indicator: {
      type: 'ratio',
      total: [selector(SPAN_METRICS.calls, ...COMPLETIONS, NOT_REFUSED)],
      bad: [selector(SPAN_METRICS.calls, ...COMPLETIONS, FAILED), selector(FALLBACKS, LLM_API)],
      good: null,
    },
  },
  {
    name: 'llm-api-latency',
    description: 'Requests to llm-api that need no model are answered within 1 second',
    service: 'llm-api',
    objective: 95,
    indicator: { type: 'latency', histogram: SPAN_DURATION, matchers: WITHOUT_MODEL, seconds: 1 },
  },
];

const MCP_TOOLS: DefaultSlo = {
  name: 'mcp-tools-success',
  description: 'Tools that a model calls do what they are asked',
  service: 'mcp-tools',
  objective: 99,
  indicator: {
    type: 'ratio',
    total: ['jan_mcp_tool_calls_total'],
    bad: ['jan_mcp_tool_calls_total{status="error"}'],
    good: null,
  },
};

const TIME_TO_FIRST_TOKEN: DefaultSlo = {
  name: 'vllm-time-to-first-token',
  description: 'vLLM sends the first token of an answer within 2.5 seconds',
  service: 'vllm',
  objective: 95,
  indicator: { type: 'latency', histogram: 'vllm:time_to_first_token_seconds', matchers: '', seconds: 2.5 },
};
