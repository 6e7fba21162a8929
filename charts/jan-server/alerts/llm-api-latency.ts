/** Alerts on how long llm-api and its models take, from its own metrics. */
import type { AlertDefinition, AlertTest } from '../../../contract/alert';
import { HISTOGRAM_BOUNDS } from '../../../contract/buckets';
import { rangeOf } from '../../../contract/range';
import { query } from '../../../contract/runbook-checks';
import { quantileOf } from '../../../contract/spans';
import { histogram } from '../../../contract/test-series';
import { traces, UNDO } from '../../services/alerts/checks';

const DURATION = 'jan_llm_api_request_duration_seconds';
const MODEL_DURATION = 'jan_llm_api_llm_duration_seconds';
const MODEL: readonly string[] = ['provider', 'model'];

const latencyHigh: AlertDefinition = {
  name: 'LlmApiLatencyHigh',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 5, unit: 'seconds', min: 0.5, max: 50 },
  rules: (threshold, { config }) => [
    {
      expr: `${quantileOf(0.95, `${DURATION}_bucket`, { range: rangeOf(config), by: ['job'] })} > ${threshold}`,
      summary: 'One request in twenty to llm-api takes {{ $value | humanizeDuration }} or longer',
      description: `The 95th percentile of all routes is above ${threshold} s. Streamed answers count to their end.`,
    },
  ],
  runbook: {
    meaning: 'The slowest twentieth of the requests to llm-api takes long, by its own metrics.',
    impact: 'Users wait for their answers.',
    check: [
      query(
        'Which endpoint is slow, in seconds.',
        quantileOf(0.95, `${DURATION}_bucket`, { range: '5m', by: ['endpoint'] }),
      ),
      query(
        'How much of it is the model, in seconds.',
        quantileOf(0.95, `${MODEL_DURATION}_bucket`, { range: '5m', by: MODEL }),
      ),
      traces('Service llm-api, Min Duration 5s'),
    ],
    mend: [
      'If the model takes the time, see LlmApiModelLatencyHigh.',
      'If it does not: look at the database, then at CPU: `kubectl top pods -n jan-server`.',
      UNDO,
    ],
  },
  test: (threshold) => latencyTest(DURATION, 'job="llm-api"', threshold),
};

const modelLatencyHigh: AlertDefinition = {
  name: 'LlmApiModelLatencyHigh',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 5, unit: 'seconds', min: 1, max: 100 },
  rules: (threshold, { config }) => [
    {
      expr: `${quantileOf(0.95, `${MODEL_DURATION}_bucket`, { range: rangeOf(config), by: MODEL })} > ${threshold}`,
      summary:
        'One answer in twenty of {{ $labels.model }} by {{ $labels.provider }} takes {{ $value | humanizeDuration }} or longer',
      description: `The 95th percentile of the model's answers is above ${threshold} s. Failed calls are not measured.`,
    },
  ],
  runbook: {
    meaning:
      'The model in the label `model`, served by `provider`, answers slowly. llm-api measures this only where the answer tells its tokens.',
    impact: 'Users of this model wait.',
    check: [
      query(
        'Is it one model or all, in seconds.',
        quantileOf(0.95, `${MODEL_DURATION}_bucket`, { range: '5m', by: MODEL }),
      ),
      query(
        'Did answers become longer? Tokens of the median answer.',
        'histogram_quantile(0.5, sum by (model, le) (rate(jan_llm_api_tokens_per_request_bucket{type="completion"}[5m])))',
      ),
      traces('Service llm-api, Operation CreateChatCompletion or StreamChatCompletion, Min Duration 5s'),
    ],
    mend: [
      'If the provider is your own vLLM: see VllmTimeToFirstTokenHigh, VllmRequestsWaiting, VllmKvCacheFull.',
      'If it is another: look at its status page; switch the model to another provider.',
      'If answers are long and meant to be, raise `alerts.rules.LlmApiModelLatencyHigh.threshold`.',
    ],
  },
  test: (threshold) => latencyTest(MODEL_DURATION, 'job="llm-api",provider="p",model="m"', threshold),
};

const latencyTest = (name: string, labels: string, threshold: number): AlertTest => {
  const bounds = HISTOGRAM_BOUNDS[name] ?? [];
  return {
    sick: histogram(name, labels, bounds, Number.POSITIVE_INFINITY),
    well: histogram(name, labels, bounds, threshold / 5),
  };
};

/** Alerts on the latency of llm-api. */
export const LLM_API_LATENCY: readonly AlertDefinition[] = [latencyHigh, modelLatencyHigh];
