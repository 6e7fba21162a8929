/** Panels of MCP tools: the providers that the tools ask, and requests to mcp-tools. No provider's metric has the label of a tool. */
import { quantileOf, ratio, selector, sumBy } from '../../../metrics/spans';
import { FAILING } from '../parts/limits';
import { JAN_NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Limits, Lines, Row, Table, Values } from '../spec';
import { UNITS } from '../units';

const REQUESTS = 'jan_mcp_external_provider_requests_total';
const NO_REQUESTS = 'mcp-tools has not asked a provider since its start, or is not scraped: see Calls by tool';
const SEARXNG = 'Of an HTTP 500 of SearXNG mcp-tools counts a success: see Failing calls by tool';
/** Bounds of the share of requests to providers that fail. Critical is the threshold of McpProviderErrors. */
const FAILING_PROVIDER: Limits = { warning: 0.1, critical: 0.2 };

const rate = (metric: string, by: readonly string[], matcher?: string) =>
  sumBy(by, `rate(${selector(metric, matcher)}[${RATE}])`);
const failing = (by: readonly string[]) => ratio(rate(REQUESTS, by, 'status!="success"'), rate(REQUESTS, by));
const failingHttp = (by: readonly string[]) =>
  ratio(rate('jan_mcp_requests_total', by, 'status=~"5.."'), rate('jan_mcp_requests_total', by, 'status!~"4.."'));

export const providersNow = (): Values => ({
  kind: 'stat',
  title: 'Provider errors',
  description: `Share of all requests to providers that failed. They are not counted by tool. While a circuit breaker is open, mcp-tools does not ask that provider. ${SEARXNG}`,
  unit: UNITS.share,
  noData: NO_REQUESTS,
  limits: FAILING_PROVIDER,
  queries: [{ expr: failing([]), legend: 'failing' }],
});

export const httpNow = (): Values => ({
  kind: 'stat',
  title: 'HTTP errors',
  description:
    'Share of requests to mcp-tools that were answered with 5xx, of those that were not refused with 4xx: the service itself fails, not a tool',
  unit: UNITS.share,
  noData: JAN_NOT_SCRAPED,
  limits: FAILING,
  queries: [{ expr: failingHttp([]), legend: 'failing' }],
});

const failingShare = (): Lines => ({
  kind: 'lines',
  title: 'Failing requests by provider',
  description: `Share of requests to each provider that failed. ${SEARXNG}`,
  unit: UNITS.share,
  noData: NO_REQUESTS,
  limits: FAILING_PROVIDER,
  queries: [{ expr: failing(['provider', 'operation']), legend: '{{provider}} {{operation}}' }],
});

const p95 = (): Lines => ({
  kind: 'lines',
  title: '95th percentile of providers',
  description: 'Nineteen of twenty requests to the provider took no longer',
  unit: UNITS.seconds,
  noData: NO_REQUESTS,
  // Warning is the threshold of McpProviderSlow; critical is the time after which mcp-tools gives a provider up.
  limits: { warning: 10, critical: 30 },
  queries: [
    {
      expr: quantileOf(0.95, 'jan_mcp_external_provider_latency_seconds_bucket', { range: RATE, by: ['provider'] }),
      legend: '{{provider}}',
    },
  ],
});

const byStatus = (): Lines => ({
  kind: 'lines',
  title: 'Requests to providers by status',
  description: `Requests a second by provider and outcome. ${SEARXNG}`,
  unit: UNITS.requestsPerSecond,
  noData: NO_REQUESTS,
  queries: [{ expr: rate(REQUESTS, ['provider', 'status']), legend: '{{provider}} {{status}}' }],
});

const breakers = (): Table => ({
  kind: 'table',
  title: 'Circuit breakers at the start',
  description:
    'State of each circuit breaker when mcp-tools started. It writes the metric only then, so a breaker that has opened since is still shown as closed: "circuit breaker is open" is in the log of mcp-tools',
  unit: UNITS.number,
  noData: JAN_NOT_SCRAPED,
  columns: { provider: 'Provider' },
  queries: [{ expr: 'max by (provider) (jan_mcp_circuit_breaker_state)', legend: 'At the start' }],
  cells: { 'At the start': { words: { 0: 'closed', 0.5: 'half open', 1: 'open' } } },
  sortBy: 'At the start',
});

/** Which provider fails or is slow. */
export const providersRow = (): Row => ({
  title: 'Which provider is it?',
  closed: true,
  panels: [failingShare(), p95(), byStatus(), breakers()],
});

const httpFailing = (): Lines => ({
  kind: 'lines',
  title: 'Failing requests to mcp-tools by pod',
  description: 'Share of answers with status 5xx, of those that were not refused with 4xx',
  unit: UNITS.share,
  noData: JAN_NOT_SCRAPED,
  limits: FAILING,
  queries: [{ expr: failingHttp(['pod']), legend: '{{pod}}' }],
});

const httpByStatus = (): Lines => ({
  kind: 'lines',
  title: 'Requests to mcp-tools by status',
  description: 'HTTP answers a second, without health checks and scrapes',
  unit: UNITS.requestsPerSecond,
  noData: JAN_NOT_SCRAPED,
  stacked: true,
  queries: [{ expr: rate('jan_mcp_requests_total', ['status']), legend: '{{status}}' }],
});

/** Whether the service itself fails. */
export const serviceRow = (): Row => ({
  title: 'Is mcp-tools itself well?',
  closed: true,
  panels: [httpFailing(), httpByStatus()],
});
