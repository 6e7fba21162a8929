/** What MCP tools shows of tools and of the providers that they ask, in the real promtool. */
import { mcpTools } from '../../../content/dashboards/boards/mcp';
import { panelOf, returns, type Series } from './panels';

const board = mcpTools();
const calls = (tool: string, provider: string, status: string) =>
  `jan_mcp_tool_calls_total{tool_name="${tool}",provider="${provider}",status="${status}"}`;
const bucket = (le: string) => `jan_mcp_tool_duration_seconds_bucket{tool_name="scrape",provider="serper",le="${le}"}`;

/** As mcp-tools counts: a search that fails has the provider "none". */
const SERIES: Series = {
  [calls('google_search', 'searxng', 'success')]: '0+6x120',
  [calls('google_search', 'none', 'error')]: '0+2x120',
  [calls('scrape', 'serper', 'success')]: '0+8x120',
  [bucket('30')]: '0+6x120',
  [bucket('+Inf')]: '0+8x120',
  'jan_mcp_tool_duration_seconds_count{tool_name="scrape",provider="serper"}': '0+8x120',
  // Without a bucket of 30 s it is not known how many took longer.
  'jan_mcp_tool_duration_seconds_count{tool_name="google_search",provider="searxng"}': '0+6x120',
  'jan_mcp_external_provider_requests_total{provider="serper",operation="scrape",status="success"}': '0+3x120',
  'jan_mcp_external_provider_requests_total{provider="serper",operation="scrape",status="error"}': '0+1x120',
};

test('a failing tool is seen in the state, by tool, and in the table', () =>
  returns(SERIES, [
    { panel: panelOf(board, 'Failing calls'), legend: 'failing', samples: { '{}': 0.125 } },
    { panel: panelOf(board, 'Failing calls'), legend: 'failing', chosen: { tool: 'scrape' }, samples: { '{}': 0 } },
    {
      panel: panelOf(board, 'Failing calls by tool'),
      legend: '{{tool_name}}',
      samples: { '{tool_name="google_search"}': 0.25, '{tool_name="scrape"}': 0 },
    },
    {
      panel: panelOf(board, 'Tools and providers'),
      legend: 'Failing',
      samples: {
        '{tool_name="google_search",provider="none"}': 1,
        '{tool_name="google_search",provider="searxng"}': 0,
        '{tool_name="scrape",provider="serper"}': 0,
      },
    },
    {
      panel: panelOf(board, 'Tools and providers'),
      legend: 'Calls',
      chosen: { tool: 'google_search' },
      samples: {
        '{tool_name="google_search",provider="none"}': 240,
        '{tool_name="google_search",provider="searxng"}': 720,
      },
    },
  ]));

test.each(['30', '30.0'])('calls over the time limit are counted where its bound is written %s', (le) =>
  returns(
    Object.fromEntries(Object.entries(SERIES).map(([name, values]) => [name.replace('le="30"', `le="${le}"`), values])),
    [
      {
        panel: panelOf(board, 'Calls over 30 s by tool'),
        legend: '{{tool_name}}',
        samples: { '{tool_name="scrape"}': 0.25 },
      },
    ],
  ),
);

test('a failing provider is seen though no tool is chosen by it', () =>
  returns(SERIES, [
    { panel: panelOf(board, 'Provider errors'), legend: 'failing', samples: { '{}': 0.25 } },
    {
      panel: panelOf(board, 'Failing requests by provider'),
      legend: '{{provider}} {{operation}}',
      samples: { '{provider="serper",operation="scrape"}': 0.25 },
    },
  ]));
