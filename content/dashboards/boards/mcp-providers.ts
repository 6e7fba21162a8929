/** Panels of MCP tools: the providers that the tools call, and requests to mcp-tools. */
import { quantileOf } from '../../../metrics/spans';
import { JAN_NOT_SCRAPED, NONE_YET } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';

export const breakers = (): Values => ({
  kind: 'stat',
  title: 'Circuit breakers',
  description: 'State of each circuit breaker as it was when mcp-tools started: it writes the metric only then',
  unit: 'none',
  noData: JAN_NOT_SCRAPED,
  width: 12,
  words: { 0: 'closed', 0.5: 'half open', 1: 'open' },
  limits: { warning: 0.5, critical: 1 },
  queries: [{ expr: 'max by (provider) (jan_mcp_circuit_breaker_state)', legend: '{{provider}}' }],
});

export const providerRequests = (): Lines => ({
  kind: 'lines',
  title: 'Requests to providers by status',
  description:
    'Requests a second by provider and outcome: which provider fails when a tool does. Of an HTTP 500 of SearXNG mcp-tools counts a success: see Failing calls by tool',
  unit: 'reqps',
  noData: NONE_YET,
  queries: [
    {
      expr: `sum by (provider, status) (rate(jan_mcp_external_provider_requests_total[${RATE}]))`,
      legend: '{{provider}} {{status}}',
    },
  ],
});

export const providerP95 = (): Lines => ({
  kind: 'lines',
  title: '95th percentile of providers',
  description: 'Nineteen of twenty requests to the provider took no longer',
  unit: 's',
  noData: NONE_YET,
  queries: [
    {
      expr: quantileOf(0.95, 'jan_mcp_external_provider_latency_seconds_bucket', { range: RATE, by: ['provider'] }),
      legend: '{{provider}}',
    },
  ],
});

export const httpByStatus = (): Lines => ({
  kind: 'lines',
  title: 'Requests to mcp-tools by status',
  description: 'HTTP answers a second, without health checks and scrapes',
  unit: 'reqps',
  noData: JAN_NOT_SCRAPED,
  stacked: true,
  queries: [{ expr: `sum by (status) (rate(jan_mcp_requests_total[${RATE}]))`, legend: '{{status}}' }],
});
