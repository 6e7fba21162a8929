/** Alerts on the KV cache of vLLM, which holds the state of running answers. */

import { sumBy } from '../../../metrics/spans';
import { vllmNames } from '../../../metrics/vllm-names';
import { query } from '../../runbooks/checks';
import type { AlertContext, AlertDefinition } from '../alert';
import { rangeOf } from '../range';
import { above, always, below, growing } from '../test-series';
import { BY_MODEL, BY_POD, CACHE, LABELS, QUEUE, vllmLog } from './checks';

const PREEMPTED = 'vllm:num_preemptions_total';

const cacheUsage = ({ config }: AlertContext) => vllmNames(config.vllm?.version).cacheUsage;

const cacheFull: AlertDefinition = {
  name: 'VllmKvCacheFull',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 95, unit: 'percent', min: 10, max: 95 },
  rules: (threshold, context) => {
    if (context.config.vllm === null) return [];
    return [
      {
        expr: `max by (${BY_POD.join(', ')}) (${cacheUsage(context)}) > ${threshold / 100}`,
        summary:
          'The KV cache of {{ $labels.model_name }} in {{ $labels.pod }} is {{ $value | humanizePercentage }} full',
        description: `More than ${threshold} %: new requests wait, and running ones may be put back.`,
      },
    ];
  },
  runbook: () => ({
    meaning:
      'The memory that vLLM keeps the state of running answers in is full. Long prompts and long answers take most of it.',
    impact: 'Requests wait, or are preempted: their work is done over.',
    check: [
      CACHE,
      query('Preemptions a minute.', `60 * ${sumBy(BY_MODEL, `rate(${PREEMPTED}[5m])`)}`),
      query(
        'Tokens of the median prompt.',
        'histogram_quantile(0.5, sum by (model_name, le) (rate(vllm:request_prompt_tokens_bucket[5m])))',
      ),
    ],
    mend: [
      'Give the cache more of the GPU: `--gpu-memory-utilization 0.95`, or a smaller model or quantization.',
      'Lower `--max-model-len` to what is really used, or halve the cache: `--kv-cache-dtype fp8`.',
      'Start more pods of vLLM with this model.',
    ],
  }),
  test: (threshold, context) => ({
    fires: { [cacheUsage(context) + LABELS]: always(above(threshold) / 100) },
    quiet: { [cacheUsage(context) + LABELS]: always(below(threshold) / 100) },
  }),
};

const preemptions: AlertDefinition = {
  name: 'VllmPreemptions',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 6, unit: 'preemptions a minute', min: 0.5, max: 10_000 },
  rules: (threshold, { config }) => [
    {
      expr: `60 * ${sumBy(BY_POD, `rate(${PREEMPTED}[${rangeOf(config)}])`)} > ${threshold}`,
      summary:
        '{{ $labels.model_name }} in {{ $labels.pod }} puts {{ $value | humanize }} running requests back a minute',
      description: `More than ${threshold}: the cache is too small for what runs, and work is done twice.`,
    },
  ],
  runbook: (at) => ({
    meaning: 'vLLM takes running requests out of its full cache and begins them again later.',
    impact: 'Answers stop in the middle and go on late; the GPU computes the same again.',
    check: [CACHE, QUEUE, vllmLog(at, 'The engine says so.', 'preempt')],
    mend: ['As in VllmKvCacheFull.', 'Lower `--max-num-seqs`: fewer answers at a time need less cache.'],
  }),
  test: (threshold) => ({
    fires: { [PREEMPTED + LABELS]: growing(above(threshold) / 2) },
    quiet: { [PREEMPTED + LABELS]: growing(below(threshold) / 2) },
  }),
};

/** Alerts on the cache. */
export const KV_CACHE: readonly AlertDefinition[] = [cacheFull, preemptions];
