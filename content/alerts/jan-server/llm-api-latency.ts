/** Alerts on how long llm-api and its models take. */

import { HISTOGRAM_BOUNDS } from '../../../metrics/buckets';
import { BY_MODEL, OPERATION_DURATION, secondsPerToken, TOKEN_USAGE, tokensPerAnswer } from '../../../metrics/gen-ai';
import { LLM_API_DURATION, LLM_API_PLAIN } from '../../../metrics/jan-server';
import { quantileOf } from '../../../metrics/spans';
import { query } from '../../runbooks/checks';
import { servicesNamespace, traces, undo } from '../../runbooks/services';
import type { AlertDefinition } from '../alert';
import { rangeOf } from '../range';
import { FROM_SPANS } from '../services/checks';
import { growing, histogram } from '../test-series';

const latencyHigh: AlertDefinition = {
  name: 'LlmApiLatencyHigh',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 2, unit: 'seconds', min: 0.5, max: 50 },
  rules: (threshold, { config }) => [
    {
      expr: `${quantileOf(0.95, `${LLM_API_DURATION}_bucket`, { range: rangeOf(config), matchers: LLM_API_PLAIN, by: ['job'] })} > ${threshold}`,
      summary: 'One request in twenty to llm-api takes {{ $value | humanizeDuration }} or longer',
      description: `The 95th percentile is above ${threshold} s. Routes on which a model answers are left out, as probes are: for models see LlmSecondsPerTokenHigh.`,
    },
  ],
  runbook: (at, threshold) => ({
    meaning: 'The slowest twentieth of the requests to llm-api that need no model takes long, by its own metrics.',
    impact: 'Users wait for their conversations, models and settings; chats begin late.',
    check: [
      query(
        'Which endpoint is slow, in seconds.',
        quantileOf(0.95, `${LLM_API_DURATION}_bucket`, { range: '5m', matchers: LLM_API_PLAIN, by: ['endpoint'] }),
      ),
      traces(at, `Service llm-api, Min Duration ${threshold}s`),
    ],
    mend: [`Look at the database, then at CPU: \`kubectl top pods -n ${servicesNamespace(at)}\`.`, undo(at)],
  }),
  test: (threshold) => ({
    fires: { ...durations('/v1/conversations', Number.POSITIVE_INFINITY), ...durations('/healthz', 0) },
    quiet: {
      ...durations('/v1/conversations', threshold / 4),
      ...durations('/llm/v1/chat/completions', Number.POSITIVE_INFINITY),
    },
  }),
};

const durations = (endpoint: string, longest: number) =>
  histogram(
    LLM_API_DURATION,
    `job="llm-api",endpoint="${endpoint}"`,
    HISTOGRAM_BOUNDS[LLM_API_DURATION] ?? [],
    longest,
  );

/**
 * For answers with fewer tokens, most of the time is the wait for the first one, so seconds per token do not show how fast tokens are
 * generated.
 */
const SHORT_ANSWER = 20;

/**
 * There is no alert on the duration of chats, which depends on the length of the answers. No span of llm-api has the time of the first
 * token, so the alert uses the time per token.
 */
const secondsPerTokenHigh: AlertDefinition = {
  name: 'LlmSecondsPerTokenHigh',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 0.2, unit: 'seconds for each token of an answer', min: 0.01, max: 10 },
  rules: (threshold, { config }) => {
    const recent = { range: rangeOf(config) };
    return [
      {
        expr: `${secondsPerToken(recent)} > ${threshold} and ${tokensPerAnswer(recent)} > ${SHORT_ANSWER}`,
        summary:
          '{{ $labels.gen_ai_request_model }} of {{ $labels.gen_ai_provider_name }} takes {{ $value | humanizeDuration }} for each token of its answers',
        description: `More than ${threshold} s a token, the wait for the first one included. People read about five tokens a second. Calls that failed, or whose user went away, are not counted, nor are models whose mean answer has ${SHORT_ANSWER} tokens or fewer.`,
        labels: FROM_SPANS,
      },
    ];
  },
  runbook: (at, _, isOn) => ({
    meaning:
      'Answers of this model come slowly: the durations of its calls, through the tokens that it has written. A long prompt, a queue before the model and a slow model all show here.',
    impact: 'Users of this model read faster than it writes, or wait long for its first word.',
    check: [
      query('Is it one model or all, in seconds a token.', secondsPerToken({ range: '5m' })),
      query('Did answers become shorter? Tokens of the mean one.', tokensPerAnswer({ range: '5m' })),
      query(
        'Did prompts become longer? Tokens of the median one.',
        quantileOf(0.5, `${TOKEN_USAGE}_bucket`, { range: '5m', matchers: 'gen_ai_token_type="input"', by: BY_MODEL }),
      ),
      traces(at, 'Service llm-api, Operation CreateChatCompletion or StreamChatCompletion, Min Duration 5s'),
    ],
    mend: [
      isOn('VllmRequestsWaiting')
        ? 'If the provider is your own vLLM: see VllmTimeToFirstTokenHigh, VllmRequestsWaiting, VllmKvCacheFull.'
        : null,
      'If it is another: look at its status page; switch the model to another provider.',
      'If the model is meant to be this slow, raise `alerts.rules.LlmSecondsPerTokenHigh.threshold`.',
    ],
  }),
  test: (threshold) => ({ fires: answers(threshold * 1.05), quiet: { ...answers(threshold * 0.9), ...CANCELED } }),
};

const MODEL = 'service_name="llm-api",gen_ai_operation_name="chat",gen_ai_provider_name="p",gen_ai_request_model="m"';
/** Answers of 100 tokens each. */
const answers = (seconds: number) => ({
  [`${OPERATION_DURATION}_sum{${MODEL}}`]: growing(100 * seconds),
  [`${TOKEN_USAGE}_sum{${MODEL},gen_ai_token_type="output"}`]: growing(100),
  [`${TOKEN_USAGE}_count{${MODEL},gen_ai_token_type="output"}`]: growing(1),
});
/** Long streams that users canceled. */
const CANCELED = { [`${OPERATION_DURATION}_sum{${MODEL},error_type="canceled"}`]: growing(100_000) };

/** Alerts on the latency of llm-api and its models. */
export const LLM_API_LATENCY: readonly AlertDefinition[] = [latencyHigh, secondsPerTokenHigh];
