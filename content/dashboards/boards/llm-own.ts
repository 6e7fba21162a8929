/** Row of LLM serving: llm-api by its own metrics, which are there without spans too. */
import { LLM_API_DURATION, LLM_API_PLAIN, llmApiRequests } from '../../../metrics/jan-server';
import { quantileOf, ratio, sumBy } from '../../../metrics/spans';
import { FAILING } from '../parts/limits';
import { FAILED_SPANS, toService, toTraces } from '../parts/links';
import { JAN_NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Row } from '../spec';
import { UNITS } from '../units';

const rate = (matcher: string) => sumBy(['pod'], `rate(${llmApiRequests(matcher)}[${RATE}])`);

const failing = (): Lines => ({
  kind: 'lines',
  title: 'Failing requests to llm-api by pod',
  description:
    "Share of answers with status 5xx, by llm-api's own counter. 4xx, probes and /metrics are left out, and so is a provider's failure that was answered with 200",
  unit: UNITS.share,
  noData: JAN_NOT_SCRAPED,
  limits: FAILING,
  queries: [{ expr: ratio(rate('status=~"5.."'), rate('status!~"4.."')), legend: '{{pod}}' }],
  links: [toService('llm-api'), toTraces('llm-api', FAILED_SPANS)],
});

const slow = (): Lines => ({
  kind: 'lines',
  title: '95th percentile of requests that need no model',
  description:
    "Nineteen of twenty requests to the endpoint took no longer, by llm-api's own histogram. Endpoints that a model answers are left out, as probes are",
  unit: UNITS.seconds,
  noData: JAN_NOT_SCRAPED,
  // Critical is the threshold of LlmApiLatencyHigh.
  limits: { warning: 1, critical: 2 },
  queries: [
    {
      expr: quantileOf(0.95, `${LLM_API_DURATION}_bucket`, {
        range: RATE,
        matchers: LLM_API_PLAIN,
        by: ['endpoint'],
      }),
      legend: '{{endpoint}}',
    },
  ],
  links: [toService('llm-api'), toTraces('llm-api')],
});

/** Whether it is llm-api that fails or is slow, and not the models. */
export const llmApiRow: Row = { title: 'Is llm-api itself well?', closed: true, panels: [failing(), slow()] };
