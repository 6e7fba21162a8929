/** MCP tools: what models call, which provider answers, and how long it takes. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import type { Dashboard, Variable } from '../spec';
import { breakers, httpByStatus, providerP95, providerRequests } from './mcp-providers';
import { calls, callsNow, durationHeatmap, failingNow, failureShare, p95, p95Now, tokens, tools } from './mcp-tools';

const tool: Variable = {
  name: 'tool',
  label: 'Tool',
  description: 'Tools that have been called since mcp-tools started',
  of: 'tool_name',
  series: ['jan_mcp_tool_calls_total'],
  several: true,
};

/** "MCP tools". */
export const mcpTools = (): Dashboard => ({
  uid: DASHBOARD_UIDS.mcp,
  title: 'MCP tools',
  description: 'Which tools are called, whether they fail or time out, and which provider behind them is at fault',
  tags: ['jan-server', 'llm'],
  variables: [tool],
  annotations: [],
  related: [DASHBOARD_UIDS.janServer, DASHBOARD_UIDS.llm],
  rows: [
    { title: 'Now', panels: [callsNow(), failingNow(), p95Now(), breakers()] },
    { title: 'Tools', panels: [calls(), failureShare(), p95(), durationHeatmap(), tokens(), tools()] },
    { title: 'Providers', panels: [providerRequests(), providerP95(), httpByStatus()] },
  ],
});
