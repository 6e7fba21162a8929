/** Alerts on vLLM's capacity. */

import { ratio, sumBy } from '../../../metrics/spans';
import { query } from '../../runbooks/checks';
import type { AlertDefinition } from '../alert';
import { rangeOf } from '../range';
import { above, always, below, growing } from '../test-series';
import { BY_MODEL, BY_POD, CACHE, LABELS, QUEUE, vllmLog } from './checks';

const WAITING = 'vllm:num_requests_waiting';
const GENERATED = 'vllm:generation_tokens_total';
const DONE = 'vllm:request_success_total';
const done = (reason: string) => `${DONE}{model_name="m",pod="p",engine="0",finished_reason="${reason}"}`;

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
  runbook: () => ({
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
  }),
  test: (threshold) => ({
    fires: { [WAITING + LABELS]: always(above(threshold)) },
    quiet: { [WAITING + LABELS]: always(below(threshold)) },
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
  runbook: (at, _, isOn) => ({
    meaning:
      'The engine of vLLM hangs, most often in a GPU that has failed or in the communication between GPUs. Its HTTP server still answers, so no probe sees it.',
    impact: 'This pod answers no request.',
    check: [
      QUEUE,
      query('Tokens a second.', sumBy(BY_POD, `rate(${GENERATED}[5m])`)),
      vllmLog(at, 'What the engine said last.', 'error|timeout|nccl|cuda'),
      query('Has a GPU failed? Its last error code, 0: none.', 'DCGM_FI_DEV_XID_ERRORS'),
    ],
    mend: [
      `Delete the pod, so that a new one starts: \`kubectl delete pod -n ${at.vllm?.namespace ?? 'NAMESPACE'} POD\`.`,
      `If it hangs again on the same node, take the node out: \`kubectl cordon NODE\`.${isOn('GpuXidError') ? ' See GpuXidError.' : ''}`,
    ],
  }),
  test: () => ({
    fires: { [WAITING + LABELS]: always(3), [GENERATED + LABELS]: always(1000) },
    quiet: { [WAITING + LABELS]: always(3), [GENERATED + LABELS]: growing(10) },
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
  runbook: (at) => ({
    meaning: 'Requests end with the reason abort, as who asked has closed the connection, or error.',
    impact: 'Users have given up, or run into the timeout of a program between.',
    check: [
      query('By reason, a second.', sumBy(['model_name', 'finished_reason'], `rate(${DONE}[5m])`)),
      query(
        'How long an answer takes, in seconds.',
        'histogram_quantile(0.95, sum by (model_name, le) (rate(vllm:e2e_request_latency_seconds_bucket[5m])))',
      ),
      vllmLog(at, 'What it says of them.', 'abort|error'),
    ],
    mend: [
      'If answers are slow, mend that: VllmTimeToFirstTokenHigh, VllmRequestsWaiting.',
      'If they end after the same time each, a timeout of llm-api or of the gateway is too short for this model.',
    ],
  }),
  test: (threshold) => ({
    fires: { [done('abort')]: growing(above(threshold)), [done('stop')]: growing(100 - above(threshold)) },
    quiet: { [done('abort')]: growing(below(threshold)), [done('stop')]: growing(100 - below(threshold)) },
  }),
};

/** Alerts on the engine. */
export const ENGINE: readonly AlertDefinition[] = [requestsWaiting, stuck, aborted];
