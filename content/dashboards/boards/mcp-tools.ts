/** Panels of MCP tools: calls, by tool. */
import { quantileOf, ratio, selector, sumBy } from '../../../metrics/spans';
import { JAN_NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Heatmap, Lines, Table, Values } from '../spec';

const CHOSEN = 'tool_name=~"$tool"';
const TOOL = ['tool_name'];
const LEGEND = '{{tool_name}}';
const BUCKETS = 'jan_mcp_tool_duration_seconds_bucket';
const LIMITS = { warning: 0.05, critical: 0.1 };

const rate = (by: readonly string[], ...matchers: readonly string[]) =>
  sumBy(by, `rate(${selector('jan_mcp_tool_calls_total', CHOSEN, ...matchers)}[${RATE}])`);
const failing = (by: readonly string[]) => ratio(rate(by, 'status="error"'), rate(by));
const quantile = (share: number, by: readonly string[]) =>
  quantileOf(share, BUCKETS, { range: RATE, matchers: CHOSEN, by });

export const callsNow = (): Values => ({
  kind: 'stat',
  title: 'Calls',
  description: 'Calls of the chosen tools a second',
  unit: 'ops',
  noData: JAN_NOT_SCRAPED,
  queries: [{ expr: rate([]), legend: 'calls' }],
});

export const failingNow = (): Values => ({
  kind: 'stat',
  title: 'Failing calls',
  description: 'Share of calls of the chosen tools that ended with an error',
  unit: 'percentunit',
  noData: JAN_NOT_SCRAPED,
  limits: LIMITS,
  queries: [{ expr: failing([]), legend: 'failing' }],
});

export const p95Now = (): Values => ({
  kind: 'stat',
  title: '95th percentile',
  description: 'Nineteen of twenty calls of the chosen tools take no longer than this',
  unit: 's',
  noData: JAN_NOT_SCRAPED,
  queries: [{ expr: quantile(0.95, []), legend: '95th percentile' }],
});

export const calls = (): Lines => ({
  kind: 'lines',
  title: 'Calls by tool',
  description: 'Calls a second that models made of each tool',
  unit: 'ops',
  noData: JAN_NOT_SCRAPED,
  stacked: true,
  queries: [{ expr: rate(TOOL), legend: LEGEND }],
});

export const failureShare = (): Lines => ({
  kind: 'lines',
  title: 'Failing calls by tool',
  description: 'Share of calls that ended with an error, time-outs included. A tool without calls has no line',
  unit: 'percentunit',
  noData: JAN_NOT_SCRAPED,
  limits: LIMITS,
  queries: [{ expr: failing(TOOL), legend: LEGEND }],
});

export const p95 = (): Lines => ({
  kind: 'lines',
  title: '95th percentile by tool',
  description: 'Nineteen of twenty calls took no longer, providers included',
  unit: 's',
  noData: JAN_NOT_SCRAPED,
  queries: [{ expr: quantile(0.95, TOOL), legend: LEGEND }],
});

export const durationHeatmap = (): Heatmap => ({
  kind: 'heatmap',
  title: 'Durations of calls',
  description:
    'How many calls a second fall between two bounds. A band at the top is calls that run into their time limit',
  unit: 's',
  noData: JAN_NOT_SCRAPED,
  queries: [{ expr: sumBy(['le'], `rate(${selector(BUCKETS, CHOSEN)}[${RATE}])`), legend: '{{le}}' }],
});

export const tokens = (): Lines => ({
  kind: 'lines',
  title: 'Tokens by tool',
  description: "Tokens a second that tools put into models' contexts",
  unit: 'short',
  noData: JAN_NOT_SCRAPED,
  stacked: true,
  queries: [{ expr: sumBy(TOOL, `rate(${selector('jan_mcp_tool_tokens_total', CHOSEN)}[${RATE}])`), legend: LEGEND }],
});

export const tools = (): Table => ({
  kind: 'table',
  title: 'Tools and providers',
  description: 'Rate, share of failures and 95th percentile of each tool at each provider now',
  unit: 'ops',
  noData: JAN_NOT_SCRAPED,
  columns: { tool_name: 'Tool', provider: 'Provider' },
  queries: [
    { expr: rate(['tool_name', 'provider']), legend: 'Calls' },
    { expr: failing(['tool_name', 'provider']), legend: 'Failing' },
    { expr: quantile(0.95, ['tool_name', 'provider']), legend: '95th percentile' },
  ],
  units: { Failing: 'percentunit', '95th percentile': 's' },
  sortBy: 'Calls',
});
