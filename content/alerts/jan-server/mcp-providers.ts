/** Alerts on the providers that mcp-tools calls. */

import { HISTOGRAM_BOUNDS } from '../../../metrics/buckets';
import { quantileOf } from '../../../metrics/spans';
import { query } from '../../runbooks/checks';
import { restartService, servicesNamespace } from '../../runbooks/services';
import type { AlertDefinition } from '../alert';
import { rangeOf } from '../range';
import { above, below, histogram } from '../test-series';
import { BY_PROVIDER, badShare, log, PROVIDER, PROVIDER_LATENCY, share } from './mcp-shares';

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
  runbook: (at) => ({
    meaning:
      'A provider of search, pages or images refuses what mcp-tools asks of it. SearXNG is not among them: of an HTTP 500 of SearXNG mcp-tools counts a success (seen with the release of 2026-01). McpToolErrors and the log show those.',
    impact: 'Tools fall back to another provider, or fail: see McpToolErrors.',
    check: [BY_PROVIDER, log(at)],
    mend: [
      `401 or 403 in the log: the key has expired; put a valid one into the Secret of mcp-tools and restart it: \`${restartService(at, 'mcp-tools')}\`.`,
      '429: the quota is used up; raise it, or switch SEARCH_ENGINE to searxng, which is your own.',
      `searxng (found by McpToolErrors): is its pod up? \`kubectl get pods -n ${servicesNamespace(at)} -l app.kubernetes.io/component=searxng\`.`,
    ],
  }),
  test: (threshold) => ({
    fires: share(PROVIDER, 'provider="serper",operation="search"', 'error', 'success', above(threshold)),
    quiet: share(PROVIDER, 'provider="serper",operation="search"', 'error', 'success', below(threshold)),
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
  runbook: (at) => ({
    meaning: 'A provider that mcp-tools asks is slow. After 30 s it is given up: see McpToolTimeouts.',
    impact: 'Answers that need a tool take longer.',
    check: [
      query(
        'Which provider, in seconds.',
        quantileOf(0.95, `${PROVIDER_LATENCY}_bucket`, { range: '5m', by: ['provider'] }),
      ),
      log(at),
    ],
    mend: ['Look at the status page of the provider.', 'If it stays slow, switch SEARCH_ENGINE of mcp-tools.'],
  }),
  test: (threshold) => {
    const bounds = HISTOGRAM_BOUNDS[PROVIDER_LATENCY] ?? [];
    return {
      fires: histogram(PROVIDER_LATENCY, 'provider="serper"', bounds, Number.POSITIVE_INFINITY),
      quiet: histogram(PROVIDER_LATENCY, 'provider="serper"', bounds, threshold / 5),
    };
  },
};

/** Alerts on the providers of tools. */
export const MCP_PROVIDERS: readonly AlertDefinition[] = [providerErrors, providerSlow];
