/** MCP tools: what models call, which provider answers, and how long it takes. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { DEPLOYED } from '../parts/annotations';
import type { Dashboard, Variable } from '../spec';
import { httpNow, providersNow, providersRow, serviceRow } from './mcp-providers';
import { CALLS, calls, callsNow, duration, failingNow, failureShare, p95Now, tokensNow } from './mcp-tools';
import { spreadRow, tools } from './mcp-usage';

/** There is none for providers: a search that fails has the provider "none", so that the choice of a provider would hide it. */
const tool: Variable = {
  name: 'tool',
  label: 'Tool',
  description: 'Tools that have been called since mcp-tools started',
  of: 'tool_name',
  series: [CALLS],
  several: true,
};

/** "MCP tools". */
export const mcpTools = (): Dashboard => ({
  uid: DASHBOARD_UIDS.mcp,
  title: 'MCP tools',
  description: 'Which tools are called, whether they fail or time out, and which provider behind them is at fault',
  tags: ['jan-server', 'llm'],
  variables: [tool],
  annotations: [DEPLOYED],
  related: [DASHBOARD_UIDS.janServer, DASHBOARD_UIDS.llm],
  rows: [
    {
      title: 'Do tools work?',
      panels: [failingNow(), p95Now(), providersNow(), httpNow(), callsNow(), tokensNow()],
    },
    { title: 'Which tool is it?', panels: [calls(), failureShare(), duration()] },
    { title: 'Which tool fails at which provider?', panels: [tools()] },
    spreadRow(),
    providersRow(),
    serviceRow(),
  ],
});
