/** What MCP tools shows of tools and of the providers that they ask, in the real promtool. */
import { mcpTools } from '../../../content/dashboards/boards/mcp';
import { show } from './judging';

const calls = (tool: string, provider: string, status: string) =>
  `jan_mcp_tool_calls_total{tool_name="${tool}",provider="${provider}",status="${status}"}`;
const duration = (part: string, tool: string, provider: string, more = '') =>
  `jan_mcp_tool_duration_seconds_${part}{tool_name="${tool}",provider="${provider}"${more}}`;
const asked = (status: string) =>
  `jan_mcp_external_provider_requests_total{provider="serper",operation="scrape",status="${status}"}`;
const one = (value: number) => ({ '{}': value });

/** As mcp-tools counts: a search that fails has the provider "none". @param bound how the bucket of 30 s is written */
const series = (bound = '30') => ({
  [calls('google_search', 'searxng', 'success')]: '0+6x240',
  [calls('google_search', 'none', 'error')]: '0+2x240',
  [calls('scrape', 'serper', 'success')]: '0+8x240',
  [duration('bucket', 'scrape', 'serper', `,le="${bound}"`)]: '0+6x240',
  [duration('bucket', 'scrape', 'serper', ',le="+Inf"')]: '0+8x240',
  [duration('count', 'scrape', 'serper')]: '0+8x240',
  // Without a bucket of 30 s it is not known how many took longer.
  [duration('count', 'google_search', 'searxng')]: '0+6x240',
  [asked('success')]: '0+3x240',
  [asked('error')]: '0+1x240',
});
const tools = (tool = '.*', bound?: string) => ({ dashboard: mcpTools(), chosen: { tool }, series: series(bound) });

const SEARCH = 'tool_name="google_search"';
const SCRAPE = '{tool_name="scrape",provider="serper"}';

test('a failing tool is seen in the state, by tool, and in the table', () =>
  show(tools(), {
    'Failing calls': one(0.125),
    'Failing calls by tool': { [`{${SEARCH}}`]: 0.25, '{tool_name="scrape"}': 0 },
    'Tools and providers': {
      Failing: { [`{${SEARCH},provider="none"}`]: 1, [`{${SEARCH},provider="searxng"}`]: 0, [SCRAPE]: 0 },
    },
  }));

test('a chosen tool is seen alone', () =>
  show(tools('google_search'), {
    'Failing calls': one(0.25),
    'Failing calls by tool': { [`{${SEARCH}}`]: 0.25 },
    'Tools and providers': { Calls: { [`{${SEARCH},provider="none"}`]: 240, [`{${SEARCH},provider="searxng"}`]: 720 } },
  }));

test.each(['30', '30.0'])('calls over the time limit are counted where its bound is written %s', (bound) =>
  show(tools('.*', bound), { 'Calls over 30 s by tool': { '{tool_name="scrape"}': 0.25 } }),
);

test('a failing provider is seen, whichever tool is chosen', () =>
  show(tools('google_search'), {
    'Provider errors': one(0.25),
    'Failing requests by provider': { '{provider="serper",operation="scrape"}': 0.25 },
  }));
