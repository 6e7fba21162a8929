/** Alerts on vLLM's latency for users. */

import { HISTOGRAM_BOUNDS } from '../../../metrics/buckets';
import { quantileOf } from '../../../metrics/spans';
import { vllmNames } from '../../../metrics/vllm-names';
import { query } from '../../runbooks/checks';
import type { AlertContext, AlertDefinition } from '../alert';
import { rangeOf } from '../range';
import { histogram } from '../test-series';
import { BY_MODEL, CACHE, QUEUE, vllmLog } from './checks';

interface Slow extends Pick<AlertDefinition, 'name' | 'runbook'> {
  readonly what: string;
  readonly threshold: { readonly value: number; readonly min: number; readonly max: number };
  readonly histogram: (context: AlertContext) => string;
}

/** An alert on the 95th percentile of one of vLLM's histograms. */
function slow({ name, what, threshold, histogram: of, runbook }: Slow): AlertDefinition {
  return {
    name,
    owner: 'services',
    severity: 'warning',
    for: '10m',
    threshold: { ...threshold, unit: 'seconds' },
    rules: (limit, context) => {
      if (context.config.vllm === null) return [];
      const quantile = quantileOf(0.95, `${of(context)}_bucket`, { range: rangeOf(context.config), by: BY_MODEL });
      return [
        {
          expr: `${quantile} > ${limit}`,
          summary: `${what} of {{ $labels.model_name }}: {{ $value | humanizeDuration }} for one in twenty`,
          description: `The 95th percentile is above ${limit} s.`,
        },
      ];
    },
    runbook,
    test: (limit, context) => {
      const bounds = HISTOGRAM_BOUNDS[of(context)] ?? [];
      return {
        fires: histogram(of(context), 'model_name="m",pod="p"', bounds, Number.POSITIVE_INFINITY),
        // The smallest bound may equal the smallest threshold: the quantile is still below it.
        quiet: histogram(of(context), 'model_name="m",pod="p"', bounds, Math.min(limit / 3, bounds[0] ?? 0)),
      };
    },
  };
}

const MORE = [
  'Give it more GPUs: more pods of vLLM behind one Service, or a larger `--tensor-parallel-size`.',
  'If prompts are long and alike, see that prefix caching is on (`--enable-prefix-caching`).',
];

/** Alerts on latency. */
export const LATENCY: readonly AlertDefinition[] = [
  slow({
    name: 'VllmTimeToFirstTokenHigh',
    what: 'Time to the first token',
    threshold: { value: 3, min: 0.1, max: 600 },
    histogram: () => 'vllm:time_to_first_token_seconds',
    runbook: () => ({
      meaning:
        'From the arrival of a request to the first token of its answer much time passes: it waits in the queue, or its prompt is long.',
      impact: 'Users look at an empty answer.',
      check: [
        QUEUE,
        query(
          'How much of it is the queue, in seconds.',
          quantileOf(0.95, 'vllm:request_queue_time_seconds_bucket', { range: '5m', by: BY_MODEL }),
        ),
        query(
          'How much is reading the prompt, in seconds.',
          quantileOf(0.95, 'vllm:request_prefill_time_seconds_bucket', { range: '5m', by: BY_MODEL }),
        ),
        query(
          'Tokens of the median prompt.',
          quantileOf(0.5, 'vllm:request_prompt_tokens_bucket', { range: '5m', by: BY_MODEL }),
        ),
        CACHE,
      ],
      mend: ['If it is the queue, see VllmRequestsWaiting.', ...MORE],
    }),
  }),
  slow({
    name: 'VllmInterTokenLatencyHigh',
    what: 'Time between tokens',
    threshold: { value: 0.2, min: 0.02, max: 40 },
    histogram: ({ config }) => vllmNames(config.vllm?.version).betweenTokens,
    runbook: (at) => ({
      meaning: 'Once an answer has begun, its tokens come slowly.',
      impact: 'Users see text that stutters. Below about five tokens a second it is slower than reading.',
      check: [
        query('Requests that are answered at once.', 'sum by (model_name, pod) (vllm:num_requests_running)'),
        query(
          'Preemptions a minute: each starts an answer over.',
          '60 * sum by (model_name) (rate(vllm:num_preemptions_total[5m]))',
        ),
        query('GPUs: are they throttled by heat?', 'DCGM_FI_DEV_GPU_TEMP'),
        vllmLog(at, 'Warnings of the engine.', 'warn|preempt|error'),
      ],
      mend: ['If many requests run at once, lower `--max-num-seqs`: fewer at a time, each faster.', ...MORE],
    }),
  }),
  slow({
    name: 'VllmQueueTimeHigh',
    what: 'Time in the queue',
    threshold: { value: 10, min: 0.5, max: 1800 },
    histogram: () => 'vllm:request_queue_time_seconds',
    runbook: () => ({
      meaning: 'Requests wait long before vLLM begins with them. It is measured when a request ends.',
      impact: 'Users look at an empty answer, and give up.',
      check: [QUEUE, CACHE, query('Requests a second.', 'sum by (model_name) (rate(vllm:request_success_total[5m]))')],
      mend: ['See VllmRequestsWaiting.', ...MORE],
    }),
  }),
];
