/** LLM serving: calls to models, from spans, and the servers behind them. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { vllmNames } from '../../../metrics/vllm-names';
import type { ContentSettings } from '../../settings';
import { DEPLOYED, REFUSED } from '../parts/annotations';
import { model } from '../parts/variables';
import type { Dashboard, Row, Values } from '../spec';
import { CHOSEN, calls, callsByOperation, callsNow, failingNow, failureShare } from './llm-calls';
import { costNow, costRows } from './llm-cost';
import { durationRow, firstTokenOfSpans, firstTokenOfVllm, p95ByModel, p95Now } from './llm-duration';
import { failuresRow } from './llm-failures';
import { fallbacksNow } from './llm-fallbacks';
import { gpuRow } from './llm-gpu';
import { llmApiRow } from './llm-own';
import { inputNow, outputNow, tokensByModel, tokensPerCall } from './llm-tokens';
import { usageByModel } from './llm-usage';
import { gpuHost, provider, served } from './llm-variables';
import { vllmBusyRow } from './llm-vllm';
import { vllmLatencyRow } from './llm-vllm-latency';

type Settings = Pick<ContentSettings, 'grafana' | 'vllm' | 'janServer'>;

/** "LLM serving". */
export const llmServing = (config: Settings): Dashboard => {
  const hasJan = config.janServer !== null;
  // Of Jan Server's services, only llm-api makes spans of its calls to models.
  const caller = hasJan ? 'llm-api' : undefined;
  const vllm = vllmNames(config.vllm?.version);
  return {
    uid: DASHBOARD_UIDS.llm,
    title: 'LLM serving',
    description: 'How models are called, how long they take, what they spend, and how busy the servers behind them are',
    tags: ['llm'],
    variables: [model, provider, served, gpuHost],
    annotations: [REFUSED, DEPLOYED],
    related: [DASHBOARD_UIDS.janServer, DASHBOARD_UIDS.services, DASHBOARD_UIDS.red, DASHBOARD_UIDS.mcp],
    rows: [
      stateRow(config),
      { title: 'Which model is it?', panels: [calls(caller), failureShare(caller), p95ByModel(caller)] },
      {
        title: 'How much is each model used?',
        panels: [usageByModel(config.grafana.prices), { ...tokensByModel(CHOSEN.matchers), width: 8 }],
      },
      failuresRow(hasJan),
      durationRow(),
      { title: 'Who calls models, with how many tokens?', closed: true, panels: [callsByOperation(), tokensPerCall()] },
      ...costRows(config.grafana.prices),
      vllmBusyRow(vllm),
      vllmLatencyRow(vllm),
      gpuRow,
      ...(hasJan ? [llmApiRow] : []),
    ],
  };
};

const stateRow = (config: Settings): Row => ({
  title: 'Do calls to models work?',
  panels: [
    failingNow(),
    p95Now(),
    ...firstToken(config),
    ...(config.janServer === null ? [] : [fallbacksNow()]),
    callsNow(),
    inputNow(),
    outputNow(),
    ...costNow(config.grafana.prices),
  ],
});

/** vLLM measures it. Without vLLM, a service may report it, which llm-api does not. */
function firstToken({ vllm, janServer }: Settings): Values[] {
  if (vllm !== null) return [firstTokenOfVllm()];
  return janServer === null ? [firstTokenOfSpans()] : [];
}
