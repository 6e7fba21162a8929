/** Alerts on llm-api's own metrics: they work without spans, which Jan Server's chart does not enable. */

import { llmApiRequests } from '../../../metrics/jan-server';
import { ratio, sumBy } from '../../../metrics/spans';
import { query } from '../../runbooks/checks';
import { deployment, janLog, janPods, servicesNamespace, traces, undo } from '../../runbooks/services';
import type { AlertDefinition } from '../alert';
import { rangeOf } from '../range';
import { fellSilent, silence } from '../services/silence';
import { above, below, growing } from '../test-series';

const counted = (endpoint: string, status: string) =>
  `jan_llm_api_requests_total{job="llm-api",endpoint="${endpoint}",status="${status}"}`;
const answers = (status: string) => counted('/v1/chat/completions', status);

/** Requests that continue without users: probes, and Prometheus' scrapes. */
const PROBES = { [counted('/healthz', '200')]: growing(10_000), [counted('/metrics', '200')]: growing(10_000) };

const errorRateHigh: AlertDefinition = {
  name: 'LlmApiErrorRateHigh',
  owner: 'services',
  severity: 'critical',
  for: '5m',
  threshold: { value: 5, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, { config }) => {
    const range = rangeOf(config);
    const rate = (matcher: string) => sumBy(['job'], `rate(${llmApiRequests(matcher)}[${range}])`);
    return [
      {
        expr: `${ratio(rate('status=~"5.."'), rate('status!~"4.."'))} > ${threshold / 100}`,
        summary: '{{ $value | humanizePercentage }} of the requests to llm-api fail',
        description: `More than ${threshold} % of its answers have status 5xx; 4xx, probes and /metrics are left out. A provider's failure that is answered with 200 is not among them: see LlmFallbacksServed.`,
      },
    ];
  },
  runbook: (at) => ({
    meaning: 'llm-api answers many requests with HTTP 5xx.',
    impact: 'Users of Jan get errors instead of answers.',
    check: [
      query(
        'Which endpoint fails, and with what.',
        `topk(10, ${sumBy(['endpoint', 'status'], `rate(${llmApiRequests('status=~"5.."')}[5m])`)})`,
      ),
      janPods(at, 'llm-api'),
      janLog(at, 'llm-api', 'Errors in its log; each has a trace_id for Jaeger.', '"level":"(error|fatal)"'),
      traces(at, 'Service llm-api, Tags error=true'),
      {
        look: 'Does its database answer?',
        command: `kubectl get pods -n ${servicesNamespace(at)} -l app.kubernetes.io/name=postgresql`,
      },
    ],
    mend: [
      undo(at),
      'If only one client gets 500, look at what it sends: llm-api answers a body that is no JSON with 500, not with 400.',
      'If the log says that the database or keycloak refuses connections, mend that pod; llm-api connects again by itself.',
      'If errors come from a provider, see LlmProviderFailing.',
    ],
  }),
  test: (threshold) => ({
    fires: {
      ...PROBES,
      [answers('500')]: growing(above(threshold)),
      [answers('404')]: growing(10_000),
      [answers('200')]: growing(100 - above(threshold)),
    },
    quiet: {
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
      expr: fellSilent(llmApiRequests(), ['job'], threshold),
      summary: 'llm-api has had no requests for half an hour',
      description: `It had more than ${threshold} an hour in the day before, by its own metrics. Probes and /metrics are left out.`,
    },
  ],
  runbook: (at) => ({
    meaning: 'llm-api has counted no request for 30 minutes, and many before that.',
    impact: 'Users do not reach Jan, most likely.',
    check: [
      query('Is it scraped? 1: yes.', 'up{job="llm-api"}'),
      janPods(at, 'llm-api'),
      janPods(at, 'kong'),
      {
        look: 'What the gateway answers: 2xx or 4xx, not 5xx or nothing.',
        command: `kubectl run ask --rm -i --restart=Never -n ${servicesNamespace(at)} --image=curlimages/curl -- curl -s -o /dev/null -w "%{http_code}\\n" http://${deployment(at, 'kong')}:8000/llm/v1/models`,
      },
      janLog(at, 'kong', 'What the gateway says of its upstreams.', 'error|upstream'),
    ],
    mend: [
      'If the gateway is down or routes elsewhere, mend it.',
      'If DNS or the ingress before the gateway fails, mend that: requests end before they reach the cluster.',
      'If this is how its nights are, raise `alerts.rules.LlmApiNoTraffic.threshold` or switch the alert off.',
    ],
  }),
  test: () => silence(answers('200'), PROBES),
};

/** Alerts on errors and missing traffic of llm-api. */
export const LLM_API: readonly AlertDefinition[] = [errorRateHigh, noTraffic];
