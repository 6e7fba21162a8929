/** The overviews: is it well, since when, and where to look next. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import type { Prices } from '../../settings';
import { DEPLOYED, REFUSED } from '../parts/annotations';
import { OF_SERVICES, services } from '../parts/variables';
import type { Dashboard, Panel, Row } from '../spec';
import { costByHour } from './llm-cost';
import { llmP95ByModel } from './llm-duration';
import { tokensByModel, tokensByType } from './llm-tokens';
import { budgetLeft, budgetLowest, firingNow, targetsDown } from './overview-health';
import { failingCalls, fallbacks } from './overview-llm';
import { failingNow, modelErrorsNow, p95Now, requestsNow, tokensNow } from './overview-now';
import { badShare, failedByStatus, p95, requests, requestsToLlmApi, servicesTable } from './overview-services';
import { callTable, serviceMap } from './service-map';

const RELATED = [
  DASHBOARD_UIDS.red,
  DASHBOARD_UIDS.traces,
  DASHBOARD_UIDS.slo,
  DASHBOARD_UIDS.alerting,
  DASHBOARD_UIDS.workloads,
];

/** The services of Jan Server that have no numbers from spans, measured with its commit of 2026-01-10. */
const JAN_SILENT =
  'Of Jan Server up to 2026-01 llm-api and realtime-api send spans; response-api, media-api and mcp-tools do not, and are missing here';
const SILENT = 'A service that sends no spans is missing here';

/** The rows that both overviews have. */
function servicesRows(silent: string, hasSlos: boolean, ofModels: readonly Panel[], spent: readonly Panel[]): Row[] {
  return [
    {
      title: 'Is it well?',
      panels: [
        failingNow(),
        p95Now(),
        requestsNow(silent),
        ...ofModels,
        firingNow(),
        targetsDown(),
        ...(hasSlos ? [budgetLowest()] : []),
        ...spent,
      ],
    },
    { title: 'Since when?', panels: [requests(silent), badShare(), p95()] },
    { title: 'Which service is it?', panels: [servicesTable(), ...(hasSlos ? [budgetLeft()] : [])] },
  ];
}

/** "Jan Server overview". @param hasSlos whether objectives are recorded */
export const janServerOverview = (prices: Prices, hasSlos: boolean): Dashboard => ({
  uid: DASHBOARD_UIDS.janServer,
  title: 'Jan Server overview',
  description: 'Is Jan Server well, since when is it not, which service or model is it, and what does it spend',
  tags: ['jan-server'],
  variables: [services],
  annotations: [REFUSED, DEPLOYED],
  related: [DASHBOARD_UIDS.llm, DASHBOARD_UIDS.mcp, ...RELATED],
  rows: [
    ...servicesRows(JAN_SILENT, hasSlos, [modelErrorsNow()], [tokensNow()]),
    { title: 'Is it a model?', panels: [failingCalls(), fallbacks(), llmP95ByModel(OF_SERVICES)] },
    { title: 'How do requests end?', closed: true, panels: [failedByStatus(), requestsToLlmApi()] },
    { title: 'What calls what?', closed: true, panels: [serviceMap(), callTable()] },
    {
      title: 'What does it spend?',
      closed: true,
      panels: [tokensByType(OF_SERVICES), tokensByModel(OF_SERVICES), ...costByHour(prices, OF_SERVICES)],
    },
  ],
});

/** "Services overview": the same for a platform that is not Jan Server, from spans alone. @param hasSlos whether objectives are recorded */
export const servicesOverview = (hasSlos: boolean): Dashboard => ({
  uid: DASHBOARD_UIDS.services,
  title: 'Services overview',
  description: 'Are the services that send spans well, since when are they not, and which one is it',
  tags: ['services'],
  variables: [services],
  annotations: [REFUSED, DEPLOYED],
  related: RELATED,
  rows: [
    ...servicesRows(SILENT, hasSlos, [], []),
    { title: 'What calls what?', panels: [serviceMap(), callTable()] },
    { title: 'How do requests end?', closed: true, panels: [failedByStatus()] },
  ],
});
