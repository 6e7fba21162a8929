import type { AlertGroup } from '../../../contract/alert';
import { ENGINE } from './engine';
import { GPU_ALERTS } from './gpu';
import { LATENCY } from './latency';

/** Alerts on vLLM and on GPUs. */
export const VLLM_ALERTS: readonly AlertGroup[] = [
  { name: 'vllm', title: 'vLLM', alerts: [...LATENCY, ...ENGINE] },
  { name: 'gpu', title: 'GPUs', alerts: GPU_ALERTS },
];
