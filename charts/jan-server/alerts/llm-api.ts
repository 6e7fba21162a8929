/** Alerts on llm-api's own metrics: they work while it sends no spans, which is how Jan Server's chart installs it. */
import type { AlertDefinition } from '../../../contract/alert';
import { HISTOGRAM_BOUNDS } from '../../../contract/buckets';
import { rangeOf } from '../../../contract/range';
import { query } from '../../../contract/runbook-checks';
import { quantileOf, ratio, sumBy } from '../../../contract/spans';
import { above, below, growing, histogram } from '../../../contract/test-series';
import { janLog, janPods, traces, UNDO } from '../../services/alerts/checks';
import { fellSilent, silence } from '../../services/alerts/silence';

const REQUESTS = 'jan_llm_api_requests_total';
const DURATION = 'jan_llm_api_request_duration_seconds';
const MODEL_DURATION = 'jan_llm_api_llm_duration_seconds';
const MODEL: readonly string[] = ['provider', 'model'];

const answers = (status: string) => `${REQUESTS}{job="llm-api",endpoint="/v1/chat/completions",status="${status}"}`;

const errorRateHigh: AlertDefinition = {
  name: 'LlmApiErrorRateHigh',
  owner: 'services',
  severity: 'critical',
  for: '5m',
  threshold: { value: 5, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, { config }) => {
    const range = rangeOf(config);
    const rate = (matchers: string) => sumBy(['job'], `rate(${REQUESTS}${matchers}[${range}])`);
    return [
      {
        expr: `${ratio(rate('{status=~"5.."}'), rate(''))} > ${threshold / 100}`,
        summary: '{{ $value | humanizePercentage }} of the requests to llm-api fail',
        description: `More than ${threshold} % of its answers have status 5xx. A provider's failure that is answered with 200 is not among them: see LlmFallbacksServed.`,
      },
    ];
  },
  runbook: {
    meaning: 'llm-api answers many requests with HTTP 5xx.',
    impact: 'Users of Jan get errors instead of answers.',
    check: [
      query(
        'Which endpoint fails, and with what.',
        `topk(10, ${sumBy(['endpoint', 'status'], `rate(${REQUESTS}{status=~"5.."}[5m])`)})`,
      ),
      janPods('llm-api'),
      janLog('llm-api', 'Errors in its log; each has a trace_id for Jaeger.', '"level":"(error|fatal)"'),
      traces('Service llm-api, Tags error=true'),
      {
        look: 'Does its database answer?',
        command: 'kubectl get pods -n jan-server -l app.kubernetes.io/name=postgresql',
      },
    ],
    mend: [
      UNDO,
      'If the log says that the database or keycloak refuses connections, mend that pod; llm-api connects again by itself.',
      'If errors come from a provider, see LlmProviderFailing.',
    ],
  },
  test: (threshold) => ({
    sick: { [answers('500')]: growing(above(threshold)), [answers('200')]: growing(100 - above(threshold)) },
    well: {
      [answers('500')]: growing(below(threshold)),
      [answers('404')]: growing(100),
      [answers('200')]: growing(100 - below(threshold)),
    },
  }),
};

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

const latencyTest = (name: string, labels: string, threshold: number) => {
  const bounds = HISTOGRAM_BOUNDS[name] ?? [];
  return {
    sick: histogram(name, labels, bounds, Number.POSITIVE_INFINITY),
    well: histogram(name, labels, bounds, threshold / 5),
  };
};

const noTraffic: AlertDefinition = {
  name: 'LlmApiNoTraffic',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 60, unit: 'requests an hour in the day before', min: 1, max: 3600 },
  rules: (threshold) => [
    {
      expr: fellSilent(REQUESTS, ['job'], threshold),
      summary: 'llm-api has had no requests for half an hour',
      description: `It had more than ${threshold} an hour in the day before, by its own metrics.`,
    },
  ],
  runbook: {
    meaning: 'llm-api has counted no request for 30 minutes, and many before that.',
    impact: 'Users do not reach Jan, most likely.',
    check: [
      query('Is it scraped? 1: yes.', 'up{job="llm-api"}'),
      janPods('llm-api'),
      janPods('kong'),
      {
        look: 'What the gateway answers: 2xx or 4xx, not 5xx or nothing.',
        command:
          'kubectl run ask --rm -i --restart=Never -n jan-server --image=curlimages/curl -- curl -s -o /dev/null -w "%{http_code}\\n" http://jan-server-kong:8000/llm/v1/models',
      },
      janLog('kong', 'What the gateway says of its upstreams.', 'error|upstream'),
    ],
    mend: [
      'If the gateway is down or routes elsewhere, mend it.',
      'If DNS or the ingress before it is at fault, mend that: requests end before they reach the cluster.',
      'If this is how its nights are, raise `alerts.rules.LlmApiNoTraffic.threshold` or switch the alert off.',
    ],
  },
  test: () => silence(answers('200')),
};

/** Alerts on llm-api as a server. */
export const LLM_API: readonly AlertDefinition[] = [errorRateHigh, latencyHigh, modelLatencyHigh, noTraffic];
