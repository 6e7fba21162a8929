/** RED: rate, errors and duration of one service and its routes. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { REQUEST } from '../../../metrics/spans';
import { DEPLOYED, REFUSED } from '../parts/annotations';
import { service } from '../parts/variables';
import type { Dashboard, Variable } from '../spec';
import { callDuration, callErrors, callRates, fallbacksByRoute } from './red-calls';
import { heatmap, quantiles } from './red-duration';
import { budgetNow, failingCallsNow, failingNow, firingNow, p50Now, p95Now, p99Now, requestsNow } from './red-now';
import { badByRoute, p95ByRoute, rateByRoute, routes } from './red-routes';
import { byOperation, byStatus, failedByStatus } from './red-status';
import { failedTraces, recentTraces } from './shared-traces';

/** Routes of the chosen service; spans without a route, as gRPC's, belong to All. */
const route: Variable = {
  name: 'route',
  label: 'Route',
  description: 'Routes of the chosen service, as its framework names them. All includes requests without a route',
  of: 'http_route',
  series: [`${SPAN_METRICS.calls}{${REQUEST},service_name="$service"}`],
  several: true,
};

/**
 * "Service".
 * @param first the service that is shown first. @default - the first of the list
 * @param hasSlos whether objectives are recorded
 */
export const serviceRed = (first: string | undefined, hasSlos: boolean): Dashboard => ({
  uid: DASHBOARD_UIDS.red,
  title: 'Service: rate, errors, duration',
  description:
    'What is asked of one service, route by route, what it asks of others, and the traces behind the numbers',
  tags: ['services'],
  variables: [service(first), route],
  annotations: [REFUSED, DEPLOYED],
  related: [
    DASHBOARD_UIDS.janServer,
    DASHBOARD_UIDS.services,
    DASHBOARD_UIDS.traces,
    DASHBOARD_UIDS.slo,
    DASHBOARD_UIDS.workloads,
  ],
  rows: [
    {
      title: 'Is it well?',
      panels: [
        failingNow(),
        p50Now(),
        p95Now(),
        p99Now(),
        requestsNow(),
        failingCallsNow(),
        firingNow(),
        ...(hasSlos ? [budgetNow()] : []),
      ],
    },
    { title: 'Which route is it?', panels: [rateByRoute(), badByRoute(), p95ByRoute(), routes(), failedByStatus()] },
    { title: 'Which traces show it?', panels: [failedTraces(), recentTraces()] },
    {
      title: 'Is it what it calls?',
      closed: true,
      panels: [callErrors(), callDuration(), callRates(), fallbacksByRoute()],
    },
    { title: 'How are durations spread?', closed: true, panels: [quantiles(), heatmap()] },
    { title: 'What is asked?', closed: true, panels: [byStatus(), byOperation()] },
  ],
});
