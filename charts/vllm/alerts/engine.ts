/** Alerts on what vLLM can no longer take on. */
import type { AlertContext, AlertDefinition } from '../../../contract/alert';
import { rangeOf } from '../../../contract/range';
import { query } from '../../../contract/runbook-checks';
import { ratio, sumBy } from '../../../contract/spans';
import { above, always, below, growing } from '../../../contract/test-series';
import { vllmNames } from '../metric-names';
import { BY_MODEL, CACHE, QUEUE, vllmLog } from './checks';

const BY_POD: readonly string[] = ['model_name', 'pod'];
const WAITING = 'vllm:num_requests_waiting';
const GENERATED = 'vllm:generation_tokens_total';
const PREEMPTED = 'vllm:num_preemptions_total';
const DONE = 'vllm:request_success_total';
const LABELS = '{model_name="m",pod="p",engine="0"}';
const done = (reason: string) => `${DONE}{model_name="m",pod="p",engine="0",finished_reason="${reason}"}`;

const cacheUsage = ({ config }: AlertContext) => vllmNames(config.vllm?.version ?? '').cacheUsage;

const requestsWaiting: AlertDefinition = {
  name: 'VllmRequestsWaiting',
  owner: 'services',
  severity: 'warning',
  for: '5m',
  threshold: { value: 20, unit: 'requests', min: 1, max: 10_000 },
  rules: (threshold, { config }) => [
    {
      expr: `${sumBy(BY_POD, `avg_over_time(${WAITING}[${rangeOf(config)}])`)} > ${threshold}`,
      summary: '{{ $value | humanize }} requests to {{ $labels.model_name }} wait in {{ $labels.pod }}',
      description: `More than ${threshold} on average: more come than it can answer.`,
    },
  ],
  runbook: {
    meaning: 'vLLM is full: requests wait until others have ended.',
    impact: 'Users wait for the first token: see VllmTimeToFirstTokenHigh.',
    check: [
      QUEUE,
      query('Requests that are answered at once, by pod.', 'sum by (model_name, pod) (vllm:num_requests_running)'),
      CACHE,
      query('Tokens a second that it generates.', 'sum by (model_name, pod) (rate(vllm:generation_tokens_total[5m]))'),
    ],
    mend: [
      'Start more pods of vLLM with this model.',
      'If the cache is full, see VllmKvCacheFull; if it is not, raise `--max-num-seqs`.',
      'If a single client sends it all, limit that one at the gateway.',
    ],
  },
  test: (threshold) => ({
    sick: { [WAITING + LABELS]: always(above(threshold)) },
    well: { [WAITING + LABELS]: always(below(threshold)) },
  }),
};

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
  runbook: {
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
  },
  test: (threshold, context) => ({
    sick: { [cacheUsage(context) + LABELS]: always(above(threshold) / 100) },
    well: { [cacheUsage(context) + LABELS]: always(below(threshold) / 100) },
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
  runbook: {
    meaning: 'vLLM takes running requests out of its full cache and begins them again later.',
    impact: 'Answers stop in the middle and go on late; the GPU computes the same again.',
    check: [CACHE, QUEUE, vllmLog('The engine says so.', 'preempt')],
    mend: ['As in VllmKvCacheFull.', 'Lower `--max-num-seqs`: fewer answers at a time need less cache.'],
  },
  test: (threshold) => ({
    sick: { [PREEMPTED + LABELS]: growing(above(threshold) / 2) },
    well: { [PREEMPTED + LABELS]: growing(below(threshold) / 2) },
  }),
};

const stuck: AlertDefinition = {
  name: 'VllmStuck',
  owner: 'services',
  severity: 'critical',
  for: '5m',
  rules: (_, { config }) => [
    {
      expr: `${sumBy(BY_POD, WAITING)} > 0 and ${sumBy(BY_POD, `rate(${GENERATED}[${rangeOf(config)}])`)} == 0`,
      summary: '{{ $labels.model_name }} in {{ $labels.pod }} generates nothing while requests wait',
      description: 'Requests wait, and not one token has been generated for minutes: the engine hangs.',
    },
  ],
  runbook: {
    meaning:
      'The engine of vLLM hangs, most often in a GPU that has failed or in the communication between GPUs. Its HTTP server still answers, so no probe sees it.',
    impact: 'Nobody gets an answer from this pod.',
    check: [
      QUEUE,
      query('Tokens a second.', sumBy(BY_POD, `rate(${GENERATED}[5m])`)),
      vllmLog('What the engine said last.', 'error|timeout|nccl|cuda'),
      query('Has a GPU failed? Its last error code, 0: none.', 'DCGM_FI_DEV_XID_ERRORS'),
    ],
    mend: [
      'Delete the pod, so that it starts anew: `kubectl delete pod -n NAMESPACE POD`.',
      'If it hangs again on the same node, take the node out (`kubectl cordon NODE`) and see GpuXidError.',
    ],
  },
  test: () => ({
    sick: { [WAITING + LABELS]: always(3), [GENERATED + LABELS]: always(1000) },
    well: { [WAITING + LABELS]: always(3), [GENERATED + LABELS]: growing(10) },
  }),
};

const aborted: AlertDefinition = {
  name: 'VllmRequestsAborted',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 20, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, { config }) => {
    const rate = (matchers: string) => sumBy(BY_MODEL, `rate(${DONE}${matchers}[${rangeOf(config)}])`);
    return [
      {
        expr: `${ratio(rate('{finished_reason=~"abort|error"}'), rate(''))} > ${threshold / 100}`,
        summary:
          '{{ $value | humanizePercentage }} of the requests to {{ $labels.model_name }} end before their answer does',
        description: `More than ${threshold} % are broken off by who asked, or end in an error.`,
      },
    ];
  },
  runbook: {
    meaning: 'Requests end with the reason abort, as who asked has closed the connection, or error.',
    impact: 'Users have given up, or run into the timeout of a program between.',
    check: [
      query('By reason, a second.', sumBy(['model_name', 'finished_reason'], `rate(${DONE}[5m])`)),
      query(
        'How long an answer takes, in seconds.',
        'histogram_quantile(0.95, sum by (model_name, le) (rate(vllm:e2e_request_latency_seconds_bucket[5m])))',
      ),
      vllmLog('What it says of them.', 'abort|error'),
    ],
    mend: [
      'If answers are slow, mend that: VllmTimeToFirstTokenHigh, VllmRequestsWaiting.',
      'If they end after the same time each, a timeout of llm-api or of the gateway is too short for this model.',
    ],
  },
  test: (threshold) => ({
    sick: { [done('abort')]: growing(above(threshold)), [done('stop')]: growing(100 - above(threshold)) },
    well: { [done('abort')]: growing(below(threshold)), [done('stop')]: growing(100 - below(threshold)) },
  }),
};

/** Alerts on the engine. */
export const ENGINE: readonly AlertDefinition[] = [requestsWaiting, cacheFull, preemptions, stuck, aborted];
