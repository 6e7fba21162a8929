import type { AlertGroup } from '../alert';
import { LLM_API } from './llm-api';
import { LLM_API_LATENCY } from './llm-api-latency';
import { MCP_PROVIDERS } from './mcp-providers';
import { MCP_TOOLS } from './mcp-tools';
import { OTHER_SERVICES } from './other-services';
import { PROVIDERS } from './providers';
import { RUNTIME } from './runtime';

/** Alerts on Jan Server. */
export const JAN_SERVER_ALERTS: readonly AlertGroup[] = [
  { name: 'llm', title: 'llm-api and its providers', alerts: [...LLM_API, ...LLM_API_LATENCY, ...PROVIDERS] },
  { name: 'mcp-tools', title: 'mcp-tools', alerts: [...MCP_TOOLS, ...MCP_PROVIDERS] },
  { name: 'jan-server', title: 'Services of Jan Server', alerts: [...RUNTIME, ...OTHER_SERVICES] },
];
