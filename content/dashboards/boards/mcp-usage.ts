/** Panels of MCP tools: each tool in detail. */
import { selector, sumBy, upTo } from '../../../metrics/spans';
import { cell } from '../parts/cells';
import { JAN_NOT_SCRAPED } from '../parts/no-data';
import { RATE, SHOWN } from '../parts/range';
import type { Heatmap, Lines, Row, Table } from '../spec';
import { UNITS } from '../units';
import {
  CALLS,
  CHOSEN,
  DURATION,
  FAILING,
  failing,
  LEGEND,
  LINKS,
  p95,
  rate,
  TIMEOUT,
  TOOL,
  toTool,
} from './mcp-tools';

const TOOL_AND_PROVIDER = ['tool_name', 'provider'];

/** Counts are whole numbers: `increase` extrapolates. */
const shown = (metric: string) =>
  `round(${sumBy(TOOL_AND_PROVIDER, `increase(${selector(metric, CHOSEN)}[${SHOWN}])`)})`;

export const tools = (): Table => ({
  kind: 'table',
  title: 'Tools and providers',
  description:
    'What each tool did at each provider in the time range of the dashboard, the worst first. A search that fails has the provider none: the log of mcp-tools names the one that was asked',
  unit: UNITS.count,
  noData: JAN_NOT_SCRAPED,
  columns: { tool_name: 'Tool', provider: 'Provider' },
  queries: [
    { expr: failing(TOOL_AND_PROVIDER, SHOWN), legend: 'Failing' },
    { expr: shown(CALLS), legend: 'Calls' },
    // NaN, where a tool had no calls, is not above 0.
    { expr: `${p95(TOOL_AND_PROVIDER, SHOWN)} > 0`, legend: '95th percentile' },
    { expr: shown('jan_mcp_tool_tokens_total'), legend: 'Tokens' },
  ],
  cells: {
    Failing: { show: 'colour', unit: UNITS.share, limits: FAILING },
    Calls: { show: 'bar', width: 300 },
    '95th percentile': { unit: UNITS.seconds, width: 140 },
  },
  sortBy: 'Failing',
  links: [toTool(cell('Tool'))],
});

const heatmap = (): Heatmap => ({
  kind: 'heatmap',
  title: 'Durations of calls',
  description:
    'How many calls a second fall between two bounds. A band at the top is calls that run into their time limit',
  unit: UNITS.seconds,
  cells: UNITS.callsPerSecond,
  noData: JAN_NOT_SCRAPED,
  queries: [{ expr: rate(`${DURATION}_bucket`, ['le'], RATE), legend: '{{le}}' }],
});

const late = (): Lines => ({
  kind: 'lines',
  title: `Calls over ${TIMEOUT} s by tool`,
  description: `Share of calls that took longer than the ${TIMEOUT} s after which mcp-tools gives a provider up. Tools that make images may`,
  unit: UNITS.share,
  noData: JAN_NOT_SCRAPED,
  // Critical is the threshold of McpToolTimeouts.
  limits: { warning: 0.01, critical: 0.02 },
  queries: [
    {
      expr: `1 - ${rate(`${DURATION}_bucket`, TOOL, RATE, upTo(TIMEOUT))} / (${rate(`${DURATION}_count`, TOOL, RATE)} > 0)`,
      legend: LEGEND,
    },
  ],
  links: LINKS,
});

const tokens = (): Lines => ({
  kind: 'lines',
  title: 'Tokens by tool',
  description: "Tokens a second that tools put into models' contexts, as mcp-tools estimates them",
  unit: UNITS.tokensPerSecond,
  noData: JAN_NOT_SCRAPED,
  stacked: true,
  queries: [{ expr: rate('jan_mcp_tool_tokens_total', TOOL, RATE), legend: LEGEND }],
  links: LINKS,
});

/** How long calls take, and what they bring. */
export const spreadRow = (): Row => ({
  title: 'How are durations and tokens spread?',
  closed: true,
  panels: [heatmap(), late(), tokens()],
});
