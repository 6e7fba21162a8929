/** Alerts on llm-api's own metrics: they work while it sends no spans, which is how Jan Server's chart installs it. */
import type { AlertDefinition } from '../../../contract/alert';
import { rangeOf } from '../../../contract/range';
import { query } from '../../../contract/runbook-checks';
import { ratio, sumBy } from '../../../contract/spans';
import { above, below, growing } from '../../../contract/test-series';
import { janLog, janPods, traces, UNDO } from '../../services/alerts/checks';
import { fellSilent, silence } from '../../services/alerts/silence';

const REQUESTS = 'jan_llm_api_requests_total';

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

/** Alerts on errors and silence of llm-api. */
export const LLM_API: readonly AlertDefinition[] = [errorRateHigh, noTraffic];
