import type { AlertGroup } from '../alert';
import { KV_CACHE } from './cache';
import { ENGINE } from './engine';
import { GPUS } from './gpu';
import { GPU_MEMORY } from './gpu-memory';
import { LATENCY } from './latency';

/** Alerts on vLLM and on GPUs. */
export const VLLM_ALERTS: readonly AlertGroup[] = [
  { name: 'vllm', title: 'vLLM', alerts: [...LATENCY, ...ENGINE, ...KV_CACHE] },
  { name: 'gpu', title: 'GPUs', alerts: [...GPUS, ...GPU_MEMORY] },
];
