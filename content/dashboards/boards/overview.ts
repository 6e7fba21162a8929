/** The overview: usage, failures, latency, cost. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import type { Prices } from '../../settings';
import { REFUSED } from '../parts/annotations';
import { service } from '../parts/variables';
import type { Dashboard } from '../spec';
import { costByHour } from './llm-cost';
import { llmP95ByModel } from './llm-duration';
import { tokensByModel, tokensByType } from './llm-tokens';
import { failedCalls, fallbacks, tokensNow } from './overview-llm';
import { badShareNow, budgetLeft, budgetLowest, firingNow, p95Now, requestsNow, targetsDown } from './overview-now';
import { badShare, failedByStatus, p95, requests, requestsToLlmApi } from './overview-services';
import { failedTraces, recentTraces } from './shared-traces';

const RELATED = [DASHBOARD_UIDS.red, DASHBOARD_UIDS.traces, DASHBOARD_UIDS.slo, DASHBOARD_UIDS.alerting];

/** "Jan Server overview". @param hasSlos whether objectives are recorded */
export const janServerOverview = (prices: Prices, hasSlos: boolean): Dashboard => ({
  uid: DASHBOARD_UIDS.janServer,
  title: 'Jan Server overview',
  description: 'Is Jan Server used, does it fail, is it slow, and what does it spend',
  tags: ['jan-server'],
  variables: [service('llm-api')],
  annotations: [REFUSED],
  related: [DASHBOARD_UIDS.llm, DASHBOARD_UIDS.mcp, ...RELATED],
  rows: [
    {
      title: 'Now',
      panels: [
        requestsNow(),
        badShareNow(),
        p95Now(),
        tokensNow(),
        targetsDown(),
        firingNow(),
        ...(hasSlos ? [budgetLowest()] : []),
      ],
    },
    { title: 'Is it used', panels: [requests(), requestsToLlmApi()] },
    {
      title: 'Does it fail',
      panels: [badShare(), failedByStatus(), fallbacks(), failedCalls(), ...(hasSlos ? [budgetLeft()] : [])],
    },
    { title: 'Is it slow', panels: [p95(), llmP95ByModel()] },
    {
      title: 'What does it spend',
      panels: [tokensByType(), tokensByModel(), ...costByHour(prices)],
    },
    { title: 'Traces of $service', panels: [recentTraces(), failedTraces()] },
  ],
});

/** "Services overview": the same for a platform that is not Jan Server, from spans alone. @param hasSlos whether objectives are recorded */
export const servicesOverview = (hasSlos: boolean): Dashboard => ({
  uid: DASHBOARD_UIDS.services,
  title: 'Services overview',
  description: 'Are the services that send spans used, do they fail, and are they slow',
  tags: ['services'],
  variables: [service()],
  annotations: [REFUSED],
  related: RELATED,
  rows: [
    {
      title: 'Now',
      panels: [
        requestsNow(),
        badShareNow(),
        p95Now(),
        targetsDown(),
        firingNow(),
        ...(hasSlos ? [budgetLowest()] : []),
      ],
    },
    { title: 'Are they used', panels: [requests()] },
    { title: 'Do they fail', panels: [badShare(), failedByStatus(), ...(hasSlos ? [budgetLeft()] : [])] },
    { title: 'Are they slow', panels: [p95()] },
    { title: 'Traces of $service', panels: [recentTraces(), failedTraces()] },
  ],
});
