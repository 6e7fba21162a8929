/** Alerts on the model providers behind llm-api, and on their cost. */

import {
  BY_MODEL,
  FAILED_CALL,
  OPERATION_DURATION,
  operationErrorRatio,
  operationRate,
  TOKEN_USAGE,
  tokenRate,
} from '../../../metrics/gen-ai';
import { llmApiRequests } from '../../../metrics/jan-server';
import { isCompletion } from '../../../metrics/routes';
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import {
  FALLBACKS,
  NOT_REFUSED,
  quantileOf,
  ratio,
  requestRate,
  SERVER_SPAN,
  selector,
  sumBy,
} from '../../../metrics/spans';
import { query } from '../../runbooks/checks';
import { janLog, restartService, traces } from '../../runbooks/services';
import type { AlertDefinition } from '../alert';
import { rangeOf } from '../range';
import { FROM_SPANS } from '../services/checks';
import { above, below, growing } from '../test-series';

const OPERATIONS = `${OPERATION_DURATION}_count`;
const MODEL_LABELS = 'service_name="llm-api",gen_ai_provider_name="p",gen_ai_request_model="m"';
const operations = (failing: number) => ({
  [`${OPERATIONS}{${MODEL_LABELS},error_type="500"}`]: growing(failing),
  [`${OPERATIONS}{${MODEL_LABELS}}`]: growing(100 - failing),
});
/** Calls that users canceled: they are not failures, and must not hide failures. */
const CANCELED = { [`${OPERATIONS}{${MODEL_LABELS},error_type="canceled"}`]: growing(1000) };

const WHICH_ERROR = query(
  'Which error, of which model: 401 a key, 429 a limit, 5xx the provider, _OTHER a stream that broke off.',
  sumBy([...BY_MODEL, 'error_type'], `rate(${selector(OPERATIONS, FAILED_CALL)}[5m])`),
);
const ASKED = query('Calls a second, by provider and model.', operationRate({ range: '5m' }));

const providerFailing: AlertDefinition = {
  name: 'LlmProviderFailing',
  owner: 'services',
  severity: 'critical',
  for: '5m',
  threshold: { value: 10, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, { config }) => [
    {
      expr: `${operationErrorRatio({ range: rangeOf(config) })} > ${threshold / 100}`,
      summary:
        '{{ $value | humanizePercentage }} of the calls to {{ $labels.gen_ai_request_model }} of {{ $labels.gen_ai_provider_name }} fail',
      description: `More than ${threshold} % of the calls to this model have failed, by the spans of who called it. A call that its user has stopped is left out.`,
      labels: FROM_SPANS,
    },
  ],
  runbook: (at, _, isOn) => ({
    meaning:
      'A provider of models refuses or breaks off many calls. llm-api does not count them itself: they are taken from its client spans.',
    impact: 'Users of this model get an error, or, with HTTP 200, a text that asks them to try again.',
    check: [
      WHICH_ERROR,
      ASKED,
      traces(at, 'Service llm-api, Operation CreateChatCompletion or StreamChatCompletion, Tags error=true'),
      janLog(at, 'llm-api', 'What the provider answered.', 'provider|upstream|completion'),
    ],
    mend: [
      `401 or 403: put a valid key into the Secret of llm-api, then restart it: \`${restartService(at, 'llm-api')}\`.`,
      '429: the quota is used up; raise it with the provider, or move traffic to another.',
      `5xx, or timeouts: look at the status page of the provider${isOn('VllmStuck') ? '; with vLLM of your own at its pods and at VllmStuck' : ''}.`,
      'Until it is mended, switch its models off or to another provider in the model catalogue of Jan.',
    ],
  }),
  test: (threshold) => ({
    fires: { ...operations(above(threshold)), ...CANCELED },
    quiet: { ...operations(below(threshold)), ...CANCELED },
  }),
};

/** The route with the gateway's prefix; the fallbacks' route lacks it. */
const served = (route: string, status: string) =>
  `${SPAN_METRICS.calls}{service_name="llm-api",http_route="${route}",${SERVER_SPAN},http_response_status_code="${status}"}`;
const fallbacks = (share: number) => ({
  [served('/llm/v1/chat/completions', '200')]: growing(100),
  [`${FALLBACKS}{${MODEL_LABELS},http_route="/v1/chat/completions"}`]: growing(share),
});
/** Requests that no model answers, and those that were refused. */
const OTHERS = {
  [served('/v1/models', '200')]: growing(10_000),
  [served('/llm/v1/chat/completions', '401')]: growing(10_000),
};

const fallbacksServed: AlertDefinition = {
  name: 'LlmFallbacksServed',
  owner: 'services',
  severity: 'critical',
  for: '5m',
  threshold: { value: 2, unit: 'percent', min: 0.1, max: 90 },
  rules: (threshold, { config }) => {
    const range = rangeOf(config);
    const answered = sumBy(['service_name'], `rate(${FALLBACKS}[${range}])`);
    const completions = requestRate({ range, matchers: `${isCompletion('http_route')},${NOT_REFUSED}` });
    return [
      {
        expr: `${ratio(answered, completions)} > ${threshold / 100}`,
        summary:
          '{{ $value | humanizePercentage }} of the chat completions of {{ $labels.service_name }} are a fallback instead of an answer',
        description: `More than ${threshold} % of its chat completions are answered with HTTP 200 and a text of Jan's own, as the provider had failed.`,
        labels: FROM_SPANS,
      },
    ];
  },
  runbook: (at) => ({
    meaning:
      'The provider fails, and Jan answers in its place with HTTP 200. No status code and no error rate shows this; spans do, by their event completion_fallback or, where there is none, by the status Error of the span ChatHandler.CreateChatCompletion. The counter has the route /v1/chat/completions, also where the gateway does not cut /llm and the requests have /llm/v1/chat/completions.',
    impact: 'Users read an excuse instead of an answer. The availability objective counts each as a bad event.',
    check: [
      query('Of which provider and model.', sumBy(BY_MODEL, `rate(${FALLBACKS}[5m])`)),
      WHICH_ERROR,
      traces(
        at,
        'Service llm-api, Operation ChatHandler.CreateChatCompletion, Tags event=completion_fallback; without that event, error=true',
      ),
      janLog(at, 'llm-api', 'Why it fell back.', 'fallback'),
    ],
    mend: [
      'Fix the provider, as in LlmProviderFailing.',
      'If no call to the provider fails, llm-api does not reach it at all: its key cannot be decrypted after the secret was changed, or no provider serves the model. Its log says which.',
      'If one model does it, switch it off in the model catalogue of Jan.',
    ],
  }),
  test: (threshold) => ({
    fires: { ...fallbacks(above(threshold)), ...OTHERS },
    quiet: { ...fallbacks(below(threshold)), ...OTHERS },
  }),
};

/** Tokens of prompts and answers, half of each. */
const tokens = (perHour: number) =>
  Object.fromEntries(
    ['input', 'output'].map((type) => [
      `${TOKEN_USAGE}_sum{${MODEL_LABELS},gen_ai_token_type="${type}"}`,
      growing(perHour / 120 / 2),
    ]),
  );

/** From spans, because llm-api's own counters count words instead of tokens for streamed answers. */
const tokenSpendHigh: AlertDefinition = {
  name: 'LlmTokenSpendHigh',
  owner: 'services',
  severity: 'warning',
  for: '15m',
  threshold: { value: 10_000_000, unit: 'tokens an hour', min: 1000, max: 10_000_000_000 },
  rules: (threshold) => [
    {
      expr: `3600 * ${tokenRate({ range: '1h', by: [] })} > ${threshold}`,
      summary: '{{ $value | humanize }} tokens an hour are spent',
      description: `More than ${threshold} tokens, prompts and answers, were counted in an hour, as the providers report them. At 3 dollars a million, ten million are 30 dollars.`,
      labels: FROM_SPANS,
    },
  ],
  runbook: () => ({
    meaning: 'Far more tokens than usual are spent: more users, longer prompts, or a program that asks in a loop.',
    impact: 'It costs money, and may use up a quota of the provider.',
    check: [
      query('Which model, in tokens an hour.', `3600 * ${tokenRate({ range: '1h' })}`),
      query('More requests than usual? A second.', sumBy(['endpoint'], `rate(${llmApiRequests()}[5m])`)),
      query(
        'Longer prompts? Tokens of the median one.',
        quantileOf(0.5, `${TOKEN_USAGE}_bucket`, { range: '5m', matchers: 'gen_ai_token_type="input"', by: BY_MODEL }),
      ),
      query('Who asks: browsers or programs.', 'sum by (family) (rate(jan_llm_api_user_agent_family_total[5m]))'),
    ],
    mend: [
      'If one client asks in a loop, revoke its key or limit it at the gateway (plugin rate-limiting of kong).',
      'If prompts have grown, look for a tool that puts long texts into them.',
      'If the traffic is meant, raise `alerts.rules.LlmTokenSpendHigh.threshold`.',
    ],
  }),
  test: (threshold) => ({ fires: tokens(above(threshold)), quiet: tokens(below(threshold)) }),
};

/** Alerts on providers of models. */
export const PROVIDERS: readonly AlertDefinition[] = [providerFailing, fallbacksServed, tokenSpendHigh];
