/** Panels of LLM serving: calls to models, from spans. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { operationErrorRatio, operationRate } from '../../../metrics/gen-ai';
import { FAILING } from '../parts/limits';
import { clicked, FAILED_SPANS, toService, toTraces } from '../parts/links';
import { NO_LLM_SPANS } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Link, Values } from '../spec';
import { UNITS } from '../units';
import { CHOSEN_MODELS } from './llm-variables';

/** Calls to the chosen models. */
export const CHOSEN = { range: RATE, matchers: CHOSEN_MODELS } as const;
/** Legend of series by provider and model. */
export const PROVIDER_AND_MODEL = '{{gen_ai_provider_name}} {{gen_ai_request_model}}';

const MODEL = clicked('gen_ai_request_model');

/** To the calls of the model of a line. */
export const toModel: Link = {
  title: 'Calls to this model',
  dashboard: DASHBOARD_UIDS.llm,
  variables: { model: MODEL, provider: clicked('gen_ai_provider_name') },
};

/**
 * Where to look next from the line of a model. Its series have no label of the caller.
 * @param caller the service that calls models; undefined if several may
 * @param tags more tags of the spans that are searched, in logfmt
 */
export const modelLinks = (caller: string | undefined, ...tags: readonly string[]): Link[] => [
  toModel,
  ...(caller === undefined
    ? []
    : [toTraces(caller, [...tags, `gen_ai.request.model=${MODEL}`].join(' ')), toService(caller)]),
];

export const failingNow = (): Values => ({
  kind: 'stat',
  title: 'Failing calls',
  description:
    'Share of calls to the chosen models that failed at the provider. Calls that their user has stopped are left out',
  unit: UNITS.share,
  noData: NO_LLM_SPANS,
  limits: FAILING,
  queries: [{ expr: operationErrorRatio({ ...CHOSEN, by: [] }), legend: 'failing' }],
});

export const callsNow = (): Values => ({
  kind: 'stat',
  title: 'Calls',
  description: 'Calls to the chosen models a second, failed ones included',
  unit: UNITS.callsPerSecond,
  limits: null,
  noData: NO_LLM_SPANS,
  queries: [{ expr: operationRate({ ...CHOSEN, by: [] }), legend: 'calls' }],
});

/** @param caller the service that calls models; undefined if several may */
export const calls = (caller: string | undefined): Lines => ({
  kind: 'lines',
  title: 'Calls by model',
  description: 'Calls a second that services make to each model of each provider, counted from their client spans',
  unit: UNITS.callsPerSecond,
  noData: NO_LLM_SPANS,
  stacked: true,
  queries: [{ expr: operationRate(CHOSEN), legend: PROVIDER_AND_MODEL }],
  links: modelLinks(caller),
});

/** @param caller the service that calls models; undefined if several may */
export const failureShare = (caller: string | undefined): Lines => ({
  kind: 'lines',
  title: 'Failing calls by model',
  description:
    'Share of calls to each model of each provider that failed. Calls that their user has stopped are left out. A model without calls has no line',
  unit: UNITS.share,
  noData: NO_LLM_SPANS,
  limits: FAILING,
  queries: [{ expr: operationErrorRatio(CHOSEN), legend: PROVIDER_AND_MODEL }],
  links: modelLinks(caller, FAILED_SPANS),
});

export const callsByOperation = (): Lines => ({
  kind: 'lines',
  title: 'Calls by service and operation',
  description: 'Which service calls models, and for which operation: chat, embeddings, pictures',
  unit: UNITS.callsPerSecond,
  noData: NO_LLM_SPANS,
  stacked: true,
  queries: [
    {
      expr: operationRate({ ...CHOSEN, by: ['service_name', 'gen_ai_operation_name'] }),
      legend: '{{service_name}} {{gen_ai_operation_name}}',
    },
  ],
  links: [toService(), toTraces()],
});
