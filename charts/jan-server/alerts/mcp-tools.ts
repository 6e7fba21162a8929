/**
 * Alerts on mcp-tools. There is none on jan_mcp_circuit_breaker_state: it is set when the program starts and never again, so it says
 * closed while the breaker is open; McpProviderErrors and the log show that.
 */
import type { AlertDefinition } from '../../../contract/alert';
import { HISTOGRAM_BOUNDS } from '../../../contract/buckets';
import { rangeOf } from '../../../contract/range';
import { query } from '../../../contract/runbook-checks';
import { quantileOf, ratio, sumBy } from '../../../contract/spans';
import { above, below, growing, histogram } from '../../../contract/test-series';
import { janLog, janPods, UNDO } from '../../services/alerts/checks';

const CALLS = 'jan_mcp_tool_calls_total';
const DURATION = 'jan_mcp_tool_duration_seconds';
const PROVIDER = 'jan_mcp_external_provider_requests_total';
const PROVIDER_LATENCY = 'jan_mcp_external_provider_latency_seconds';
const REQUESTS = 'jan_mcp_requests_total';

/** A counter, a percentage of which is bad. */
const share = (counter: string, labels: string, bad: string, good: string, percent: number) => ({
  [`${counter}{${labels},status="${bad}"}`]: growing(percent),
  [`${counter}{${labels},status="${good}"}`]: growing(100 - percent),
});
const badShare = (counter: string, by: readonly string[], bad: string, range: string) =>
  ratio(sumBy(by, `rate(${counter}{${bad}}[${range}])`), sumBy(by, `rate(${counter}[${range}])`));

const LOG = janLog(
  'mcp-tools',
  'Errors in its log; "circuit breaker is open" means that it has given a provider up for a while.',
  'error|timeout|circuit',
);
const BY_PROVIDER = query(
  'Do its providers fail? Requests a second.',
  sumBy(['provider', 'operation', 'status'], `rate(${PROVIDER}[5m])`),
);

const toolErrors: AlertDefinition = {
  name: 'McpToolErrors',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 10, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, { config }) => [
    {
      expr: `${badShare(CALLS, ['tool_name'], 'status="error"', rangeOf(config))} > ${threshold / 100}`,
      summary: '{{ $value | humanizePercentage }} of the calls of the tool {{ $labels.tool_name }} fail',
      description: `More than ${threshold} % of what models asked of this tool ended with an error.`,
    },
  ],
  runbook: {
    meaning: 'The tool in the label `tool_name` fails often when a model calls it.',
    impact: 'Models answer without the result of the tool: without a search, a page or a calculation.',
    check: [
      query('Which tool and provider, a second.', sumBy(['tool_name', 'provider', 'status'], `rate(${CALLS}[5m])`)),
      BY_PROVIDER,
      LOG,
      janPods('mcp-tools'),
    ],
    mend: [
      'If one provider fails, see McpProviderErrors.',
      'python_exec: is sandboxfusion up? `kubectl get pods -n jan-server -l app.kubernetes.io/component=sandboxfusion`. file_search: the same with vector-store.',
      UNDO,
    ],
  },
  test: (threshold) => ({
    sick: share(CALLS, 'tool_name="scrape",provider="serper"', 'error', 'success', above(threshold)),
    well: share(CALLS, 'tool_name="scrape",provider="serper"', 'error', 'success', below(threshold)),
  }),
};

/** mcp-tools gives a provider 30 s (services/mcp-tools, internal/infrastructure/search/client.go), which is also its last bucket. */
const TIMEOUT = 30;
const TIMED = 'tool_name!~"generate_image|edit_image"';
const durations = (percent: number) => {
  const series = (le: string) => `${DURATION}_bucket{tool_name="scrape",provider="serper",le="${le}"}`;
  return {
    [series(`${TIMEOUT}`)]: growing(100 - percent),
    [series('+Inf')]: growing(100),
    [`${DURATION}_count{tool_name="scrape",provider="serper"}`]: growing(100),
  };
};

const toolTimeouts: AlertDefinition = {
  name: 'McpToolTimeouts',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 2, unit: 'percent', min: 0.1, max: 95 },
  rules: (threshold, { config }) => {
    const rate = (part: string, matchers: string) =>
      sumBy(['tool_name'], `rate(${DURATION}_${part}{${matchers}}[${rangeOf(config)}])`);
    // Prometheus 3 writes 30.0 for what it scrapes.
    const inTime = rate('bucket', `${TIMED},le=~"${TIMEOUT}([.]0)?"`);
    return [
      {
        expr: `1 - ${inTime} / (${rate('count', TIMED)} > 0) > ${threshold / 100}`,
        summary:
          '{{ $value | humanizePercentage }} of the calls of the tool {{ $labels.tool_name }} take more than 30 s',
        description: `More than ${threshold} % of its calls last longer than the 30 s after which mcp-tools gives a provider up. Tools that make images may, and are not counted.`,
      },
    ];
  },
  runbook: {
    meaning: 'Calls of the tool in the label `tool_name` run into the timeout of 30 s.',
    impact: 'Users wait half a minute for an answer, and get it without the result of the tool.',
    check: [
      query(
        'Which tool and provider is slow, in seconds.',
        quantileOf(0.95, `${DURATION}_bucket`, { range: '5m', by: ['tool_name', 'provider'] }),
      ),
      query(
        'Which provider is slow, in seconds.',
        quantileOf(0.95, `${PROVIDER_LATENCY}_bucket`, { range: '5m', by: ['provider'] }),
      ),
      LOG,
    ],
    mend: [
      'If one provider is slow, switch to another: SEARCH_ENGINE of mcp-tools names the search engine (serper, searxng).',
      'If all are, look at the way out of the cluster: DNS, proxy, egress rules.',
    ],
  },
  test: (threshold) => ({ sick: durations(above(threshold)), well: durations(below(threshold)) }),
};

const providerErrors: AlertDefinition = {
  name: 'McpProviderErrors',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 20, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, { config }) => [
    {
      expr: `${badShare(PROVIDER, ['provider', 'operation'], 'status!="success"', rangeOf(config))} > ${threshold / 100}`,
      summary:
        '{{ $value | humanizePercentage }} of the requests to {{ $labels.provider }} ({{ $labels.operation }}) fail',
      description: `More than ${threshold} % of what mcp-tools asks of this provider fails. While its circuit breaker is open it asks nothing at all.`,
    },
  ],
  runbook: {
    meaning: 'A provider of search, pages or images refuses what mcp-tools asks of it.',
    impact: 'Tools fall back to another provider, or fail: see McpToolErrors.',
    check: [BY_PROVIDER, LOG],
    mend: [
      '401 or 403 in the log: the key has expired; put a valid one into the Secret of mcp-tools and restart it: `kubectl rollout restart deployment/jan-server-mcp-tools -n jan-server`.',
      '429: the quota is used up; raise it, or switch SEARCH_ENGINE to searxng, which is your own.',
      'searxng: is its pod up? `kubectl get pods -n jan-server -l app.kubernetes.io/component=searxng`.',
    ],
  },
  test: (threshold) => ({
    sick: share(PROVIDER, 'provider="serper",operation="search"', 'error', 'success', above(threshold)),
    well: share(PROVIDER, 'provider="serper",operation="search"', 'error', 'success', below(threshold)),
  }),
};

const providerSlow: AlertDefinition = {
  name: 'McpProviderSlow',
  owner: 'services',
  severity: 'info',
  for: '15m',
  threshold: { value: 10, unit: 'seconds', min: 0.5, max: 28 },
  rules: (threshold, { config }) => [
    {
      expr: `${quantileOf(0.95, `${PROVIDER_LATENCY}_bucket`, { range: rangeOf(config), by: ['provider'] })} > ${threshold}`,
      summary: 'One request in twenty to {{ $labels.provider }} takes {{ $value | humanizeDuration }} or longer',
      description: `The 95th percentile of this provider is above ${threshold} s.`,
    },
  ],
  runbook: {
    meaning: 'A provider that mcp-tools asks is slow. After 30 s it is given up: see McpToolTimeouts.',
    impact: 'Answers that need a tool take longer.',
    check: [
      query(
        'Which provider, in seconds.',
        quantileOf(0.95, `${PROVIDER_LATENCY}_bucket`, { range: '5m', by: ['provider'] }),
      ),
      LOG,
    ],
    mend: ['Look at the status page of the provider.', 'If it stays slow, switch SEARCH_ENGINE of mcp-tools.'],
  },
  test: (threshold) => {
    const bounds = HISTOGRAM_BOUNDS[PROVIDER_LATENCY] ?? [];
    return {
      sick: histogram(PROVIDER_LATENCY, 'provider="serper"', bounds, Number.POSITIVE_INFINITY),
      well: histogram(PROVIDER_LATENCY, 'provider="serper"', bounds, threshold / 5),
    };
  },
};

const requestErrors: AlertDefinition = {
  name: 'McpToolsErrorRateHigh',
  owner: 'services',
  severity: 'warning',
  for: '5m',
  threshold: { value: 5, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, { config }) => [
    {
      expr: `${badShare(REQUESTS, ['job'], 'status=~"5.."', rangeOf(config))} > ${threshold / 100}`,
      summary: '{{ $value | humanizePercentage }} of the requests to mcp-tools fail',
      description: `More than ${threshold} % of its answers have status 5xx: the service itself fails, not a tool.`,
    },
  ],
  runbook: {
    meaning: 'mcp-tools answers many requests with HTTP 5xx.',
    impact: 'Models cannot use any tool.',
    check: [
      query('With what status, a second.', sumBy(['method', 'status'], `rate(${REQUESTS}[5m])`)),
      janPods('mcp-tools'),
      LOG,
    ],
    mend: [UNDO, 'If its pods restart, see JanServiceRestarts.'],
  },
  test: (threshold) => ({
    sick: share(REQUESTS, 'job="mcp-tools",method="POST"', '500', '200', above(threshold)),
    well: share(REQUESTS, 'job="mcp-tools",method="POST"', '500', '200', below(threshold)),
  }),
};

/** Alerts on mcp-tools and the providers that it asks. */
export const MCP_TOOLS: readonly AlertDefinition[] = [
  toolErrors,
  toolTimeouts,
  providerErrors,
  providerSlow,
  requestErrors,
];
