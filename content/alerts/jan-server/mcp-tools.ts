/**
 * Alerts on mcp-tools. There is none on jan_mcp_circuit_breaker_state: it is set only when the program starts, so it stays "closed" while
 * the breaker is open; McpProviderErrors and the log show an open breaker.
 */

import { quantileOf, ratio, selector, sumBy, upTo } from '../../../metrics/spans';
import { query } from '../../runbooks/checks';
import { janPods, servicesNamespace, undo } from '../../runbooks/services';
import type { AlertDefinition } from '../alert';
import { rangeOf } from '../range';
import { above, below, growing } from '../test-series';
import { BY_PROVIDER, badShare, log, PROVIDER_LATENCY, share } from './mcp-shares';

const CALLS = 'jan_mcp_tool_calls_total';
const DURATION = 'jan_mcp_tool_duration_seconds';
const REQUESTS = 'jan_mcp_requests_total';

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
  runbook: (at) => ({
    meaning: 'The tool in the label `tool_name` fails often when a model calls it.',
    impact: 'Models answer without the result of the tool: without a search, a page or a calculation.',
    check: [
      query('Which tool and provider, a second.', sumBy(['tool_name', 'provider', 'status'], `rate(${CALLS}[5m])`)),
      BY_PROVIDER,
      log(at),
      janPods(at, 'mcp-tools'),
    ],
    mend: [
      'If one provider fails, see McpProviderErrors. A search that fails has the provider `none` here: which was asked is in the log only.',
      `python_exec: is sandboxfusion up? \`kubectl get pods -n ${servicesNamespace(at)} -l app.kubernetes.io/component=sandboxfusion\`. file_search: the same with vector-store.`,
      undo(at),
    ],
  }),
  test: (threshold) => ({
    fires: share(CALLS, 'tool_name="scrape",provider="serper"', 'error', 'success', above(threshold)),
    quiet: share(CALLS, 'tool_name="scrape",provider="serper"', 'error', 'success', below(threshold)),
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
    const inTime = rate('bucket', `${TIMED},${upTo(TIMEOUT)}`);
    return [
      {
        expr: `1 - ${inTime} / (${rate('count', TIMED)} > 0) > ${threshold / 100}`,
        summary:
          '{{ $value | humanizePercentage }} of the calls of the tool {{ $labels.tool_name }} take more than 30 s',
        description: `More than ${threshold} % of its calls last longer than the 30 s after which mcp-tools gives a provider up. Tools that make images may, and are not counted.`,
      },
    ];
  },
  runbook: (at) => ({
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
      log(at),
    ],
    mend: [
      'If one provider is slow, switch to another: SEARCH_ENGINE of mcp-tools names the search engine (serper, searxng).',
      'If all are, look at the way out of the cluster: DNS, proxy, egress rules.',
    ],
  }),
  test: (threshold) => ({ fires: durations(above(threshold)), quiet: durations(below(threshold)) }),
};

const requests = (matcher: string, range: string) => sumBy(['job'], `rate(${selector(REQUESTS, matcher)}[${range}])`);

const requestErrors: AlertDefinition = {
  name: 'McpToolsErrorRateHigh',
  owner: 'services',
  severity: 'warning',
  for: '5m',
  threshold: { value: 5, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, { config }) => [
    {
      expr: `${ratio(requests('status=~"5.."', rangeOf(config)), requests('status!~"4.."', rangeOf(config)))} > ${threshold / 100}`,
      summary: '{{ $value | humanizePercentage }} of the requests to mcp-tools fail',
      description: `More than ${threshold} % of its answers have status 5xx, 4xx left out: the service itself fails, not a tool.`,
    },
  ],
  runbook: (at) => ({
    meaning: 'mcp-tools answers many requests with HTTP 5xx.',
    impact: 'Models cannot use any tool.',
    check: [
      query('With what status, a second.', sumBy(['method', 'status'], `rate(${REQUESTS}[5m])`)),
      janPods(at, 'mcp-tools'),
      log(at),
    ],
    mend: [undo(at), 'If its pods restart, see JanServiceRestarts.'],
  }),
  test: (threshold) => ({
    fires: {
      ...share(REQUESTS, 'job="mcp-tools",method="POST"', '500', '200', above(threshold)),
      [`${REQUESTS}{job="mcp-tools",method="GET",status="404"}`]: growing(10_000),
    },
    quiet: share(REQUESTS, 'job="mcp-tools",method="POST"', '500', '200', below(threshold)),
  }),
};

/** Alerts on mcp-tools and its tools. */
export const MCP_TOOLS: readonly AlertDefinition[] = [toolErrors, toolTimeouts, requestErrors];
