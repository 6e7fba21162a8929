/** LLM serving: calls to models, from spans and from llm-api, and the servers behind them. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { vllmNames } from '../../../metrics/vllm-names';
import type { ContentSettings } from '../../settings';
import { REFUSED } from '../parts/annotations';
import { model } from '../parts/variables';
import type { Dashboard } from '../spec';
import {
  calls,
  callsByOperation,
  callsNow,
  failingNow,
  failureShare,
  failuresByType,
  finishReasons,
} from './llm-calls';
import { costRow } from './llm-cost';
import { durationHeatmap, firstChunk, llmP95ByModel, p95Now, quantiles, serviceP95 } from './llm-duration';
import { fallbackReasons, fallbackShare, fallbacksByRoute } from './llm-fallbacks';
import { gpuRow } from './llm-gpu';
import { inputNow, outputNow, tokensByModel, tokensByType, tokensPerCall, tokensPerSecondOfCall } from './llm-tokens';
import { vllmQueueRow } from './llm-vllm';
import { vllmLatencyRow } from './llm-vllm-latency';

/** "LLM serving". */
export const llmServing = (config: Pick<ContentSettings, 'grafana' | 'vllm'>): Dashboard => ({
  uid: DASHBOARD_UIDS.llm,
  title: 'LLM serving',
  description: 'How models are called, how long they take, what they spend, and how busy the servers behind them are',
  tags: ['llm'],
  variables: [model],
  annotations: [REFUSED],
  related: [DASHBOARD_UIDS.janServer, DASHBOARD_UIDS.red, DASHBOARD_UIDS.mcp],
  rows: [
    { title: 'Now', panels: [callsNow(), failingNow(), p95Now(), inputNow(), outputNow()] },
    { title: 'Calls', panels: [calls(), failureShare(), failuresByType(), finishReasons(), callsByOperation()] },
    { title: 'Duration', panels: [quantiles(), llmP95ByModel(), durationHeatmap(), firstChunk(), serviceP95()] },
    {
      title: 'Tokens',
      panels: [tokensByType(), tokensByModel(), tokensPerCall(), tokensPerSecondOfCall()],
    },
    { title: 'Fallback answers', panels: [fallbackShare(), fallbackReasons(), fallbacksByRoute()] },
    costRow(config.grafana.prices),
    vllmQueueRow(vllmNames(config.vllm?.version)),
    vllmLatencyRow(vllmNames(config.vllm?.version)),
    gpuRow,
  ],
});
