/** Runbooks of the alerts on objectives: how to find the bad events, for any indicator. */

import { SPAN_METRICS } from '../../metrics/span-metrics';
import { errorRate, FAILED, FALLBACKS, latencyQuantile, REQUEST, selector, sumBy } from '../../metrics/spans';
import { make, pageOf, query } from '../runbooks/checks';
import type { Places } from '../runbooks/places';
import type { WriteRunbook } from '../runbooks/runbook';
import { howToSend, servicesNamespace } from '../runbooks/services';
import { type BurnWindows, SLO_SERIES } from './budget';

const ruleFile = (at: Places) => ({
  look: 'What counts as an event, and as a bad one: the rules that record slo:sli_total:rate and slo:sli_bad:rate.',
  command: `kubectl get configmap ${at.rules.configMap} -n ${at.namespace} -o jsonpath='{.data.${at.rules.file.replace('.', '\\.')}}' | grep -B1 -A4 'record: slo:sli_'`,
});

const whichRequests = (at: Places) => [
  query(
    'For an objective on requests: which route fails, requests a second.',
    errorRate({ range: '5m', by: ['service_name', 'http_route'] }),
  ),
  query(
    'Answers with HTTP 200 although the provider failed.',
    `sum by (gen_ai_provider_name, gen_ai_request_model) (rate(${FALLBACKS}[5m]))`,
  ),
  query(
    'For an objective on latency: which route is slow, in seconds.',
    latencyQuantile(0.95, { range: '5m', by: ['service_name', 'http_route'] }),
  ),
  pageOf(
    at.jaegerReader,
    'Traces of failed requests: Jaeger > Search, the service of the label `service`, Tags error=true; for slow ones Min Duration 5s.',
    '/search',
  ),
];

/** The runbook of a pair of windows. */
export const burnRunbook =
  ({ long, short }: BurnWindows): WriteRunbook =>
  (at) => ({
    meaning: `Of the events of the last ${long}, and of the last ${short}, more were bad than the objective can bear for long. The labels \`slo\` and \`service\` name it.`,
    impact:
      'Users get errors or wait too long, now. The description says how soon the promise of the whole period is broken.',
    check: [
      query('Burn rate now: 1 spends the budget in its period.', SLO_SERIES.burnRate),
      query('What is left of the budget: 1 is all, 0 none.', SLO_SERIES.remaining),
      query('Bad events per second of each objective.', SLO_SERIES.bad),
      ruleFile(at),
      ...whichRequests(at),
    ],
    mend: [
      `Was something rolled out? \`kubectl rollout history deployment -n ${servicesNamespace(at)}\`; take it back with \`kubectl rollout undo deployment/NAME -n ${servicesNamespace(at)}\`.`,
      'If one provider or model fails, switch to another; see the runbooks LlmProviderFailing and LlmFallbacksServed.',
      "If the bad requests are one client's, look at what it sends: llm-api answers a body that is no JSON with 500, which counts as bad.",
      'If ServiceErrorRateHigh, ServiceLatencyHigh or an alert of the service itself fires too, follow its runbook: it is about the cause.',
      'If there are only a few requests an hour, a single failure looks like an outage: lower the objective, or switch this alert off for a service so small (SRE workbook, chapter 5, on low-traffic services).',
    ],
  });

/** The runbook of a budget that is used up. */
export const spentRunbook: WriteRunbook = (at) => ({
  meaning: 'In the period of the objective there were more bad events than it allows.',
  impact:
    'What was promised for this period is not kept. Nothing need be wrong at this moment: the budget comes back as old errors leave the period.',
  check: [
    query('When was it spent? Show this as a graph over the period.', SLO_SERIES.remaining),
    query('Is it still being spent? Above 1: yes.', SLO_SERIES.burnRate),
    ruleFile(at),
    ...whichRequests(at),
  ],
  mend: [
    'If it is still being spent, treat it as SloErrorBudgetBurnFast.',
    'If not, put reliability before features until the budget is back: this is what the objective is for (SRE workbook, chapter 2).',
    'If users do not miss what was promised, the objective is too high: lower `objective` under `slos` in the environment file.',
  ],
});

/** The runbook of an objective without data. */
export const noDataRunbook: WriteRunbook = (at) => ({
  meaning:
    'For a day no share of bad events could be computed: the total is 0 or missing, or the bad ones cannot be counted.',
  impact: 'Burn-rate alerts of this objective cannot fire. It is neither met nor missed.',
  check: [
    query('Is anything counted? No row: the metric is not there. 0: no traffic.', SLO_SERIES.total),
    query(
      'A total without this row: the bad events cannot be counted, for example as no bucket has that bound.',
      SLO_SERIES.bad,
    ),
    ruleFile(at),
    query(
      'Do requests arrive as spans at all?',
      sumBy(['service_name'], `rate(${selector(SPAN_METRICS.calls, REQUEST)}[5m])`),
    ),
    query('And failed ones?', sumBy(['service_name'], `rate(${selector(SPAN_METRICS.calls, REQUEST, FAILED)}[5m])`)),
    { look: 'Are the programs scraped, and is data refused?', command: make(at, 'monitor-status') },
  ],
  mend: [
    'If the service has no traffic, nothing is to be done.',
    at.janServer === null
      ? `If it has, but sends no spans: ${howToSend(at)}.`
      : `If it has, but sends no spans: Jan Server's chart does not switch tracing on; ${howToSend(at)}.`,
    `If the selectors are wrong, correct \`indicator\` under \`slos\` in the environment file, then \`${make(at, 'monitor-up')}\`.`,
  ],
});
