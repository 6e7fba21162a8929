/** Panels of MCP tools: calls, by tool. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { quantileOf, ratio, selector, sumBy } from '../../../metrics/spans';
import { clicked } from '../parts/links';
import { JAN_NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Limits, Lines, Link, Values } from '../spec';
import { UNITS } from '../units';

/** A matcher of the chosen tools. */
export const CHOSEN = 'tool_name=~"$tool"';
/** Labels of series by tool. */
export const TOOL = ['tool_name'];
/** Legend of series by tool. */
export const LEGEND = '{{tool_name}}';
/** Counter of calls, by outcome. */
export const CALLS = 'jan_mcp_tool_calls_total';
/** Histogram of the duration of calls, in seconds. */
export const DURATION = 'jan_mcp_tool_duration_seconds';
/** Bounds of the share of calls that fail. Critical is the threshold of McpToolErrors. */
export const FAILING: Limits = { warning: 0.05, critical: 0.1 };
/** Seconds after which mcp-tools gives a provider up (services/mcp-tools, internal/infrastructure/search/client.go). */
export const TIMEOUT = 30;

/** To the calls of one tool. */
export const toTool = (tool: string): Link => ({
  title: 'Calls of this tool',
  dashboard: DASHBOARD_UIDS.mcp,
  variables: { tool },
});
/** Where to look next from the line of a tool. */
export const LINKS = [toTool(clicked('tool_name'))];

/** A counter of the chosen tools, a second. */
export const rate = (metric: string, by: readonly string[], range: string, ...matchers: readonly string[]) =>
  sumBy(by, `rate(${selector(metric, CHOSEN, ...matchers)}[${range}])`);
/** Share of calls of the chosen tools that failed, 0 to 1. */
export const failing = (by: readonly string[], range: string = RATE) =>
  ratio(rate(CALLS, by, range, 'status="error"'), rate(CALLS, by, range));
/** 95th percentile of the duration of calls of the chosen tools, in seconds. */
export const p95 = (by: readonly string[], range: string = RATE) =>
  quantileOf(0.95, `${DURATION}_bucket`, { range, matchers: CHOSEN, by });

export const failingNow = (): Values => ({
  kind: 'stat',
  title: 'Failing calls',
  description: 'Share of calls of the chosen tools that ended with an error, time-outs included',
  unit: UNITS.share,
  noData: JAN_NOT_SCRAPED,
  limits: FAILING,
  queries: [{ expr: failing([]), legend: 'failing' }],
});

export const p95Now = (): Values => ({
  kind: 'stat',
  title: '95th percentile',
  description: `Nineteen of twenty calls of the chosen tools take no longer than this. After ${TIMEOUT} s mcp-tools gives a provider up; tools that make images may take longer`,
  unit: UNITS.seconds,
  noData: JAN_NOT_SCRAPED,
  // Warning is the threshold of McpProviderSlow.
  limits: { warning: 10, critical: TIMEOUT },
  queries: [{ expr: p95([]), legend: '95th percentile' }],
});

export const callsNow = (): Values => ({
  kind: 'stat',
  title: 'Calls',
  description: 'Calls of the chosen tools a second',
  unit: UNITS.callsPerSecond,
  limits: null,
  noData: JAN_NOT_SCRAPED,
  queries: [{ expr: rate(CALLS, [], RATE), legend: 'calls' }],
});

export const tokensNow = (): Values => ({
  kind: 'stat',
  title: 'Tokens',
  description: "Tokens a second that the chosen tools put into models' contexts, as mcp-tools estimates them",
  unit: UNITS.tokensPerSecond,
  limits: null,
  noData: JAN_NOT_SCRAPED,
  queries: [{ expr: rate('jan_mcp_tool_tokens_total', [], RATE), legend: 'tokens' }],
});

export const calls = (): Lines => ({
  kind: 'lines',
  title: 'Calls by tool',
  description: 'Calls a second that models made of each tool',
  unit: UNITS.callsPerSecond,
  noData: JAN_NOT_SCRAPED,
  stacked: true,
  queries: [{ expr: rate(CALLS, TOOL, RATE), legend: LEGEND }],
  links: LINKS,
});

export const failureShare = (): Lines => ({
  kind: 'lines',
  title: 'Failing calls by tool',
  description: 'Share of calls that ended with an error, time-outs included. A tool without calls has no line',
  unit: UNITS.share,
  noData: JAN_NOT_SCRAPED,
  limits: FAILING,
  queries: [{ expr: failing(TOOL), legend: LEGEND }],
  links: LINKS,
});

export const duration = (): Lines => ({
  kind: 'lines',
  title: '95th percentile by tool',
  description: 'Nineteen of twenty calls took no longer, providers included',
  unit: UNITS.seconds,
  noData: JAN_NOT_SCRAPED,
  queries: [{ expr: p95(TOOL), legend: LEGEND }],
  links: LINKS,
});
