/** RED: rate, errors and duration of one service and its routes. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { REQUEST } from '../../../metrics/spans';
import { REFUSED } from '../parts/annotations';
import { service } from '../parts/variables';
import type { Dashboard, Variable } from '../spec';
import { callDuration, callErrors, callRates } from './red-calls';
import { heatmap, p50Now, p95ByRoute, p95Now, p99Now, quantiles } from './red-duration';
import { badByRoute, badNow, failedByStatus, fallbacksByRoute } from './red-errors';
import { byOperation, byRoute, byStatus, rateNow, routes } from './red-rate';
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

/** "Service". */
export const serviceRed = (first: string | undefined): Dashboard => ({
  uid: DASHBOARD_UIDS.red,
  title: 'Service: rate, errors, duration',
  description:
    'What is asked of one service, route by route, what it asks of others, and the traces behind the numbers',
  tags: ['services'],
  variables: [service(first), route],
  annotations: [REFUSED],
  related: [DASHBOARD_UIDS.janServer, DASHBOARD_UIDS.services, DASHBOARD_UIDS.traces, DASHBOARD_UIDS.slo],
  rows: [
    { title: 'Now', panels: [rateNow(), badNow(), p50Now(), p95Now(), p99Now()] },
    { title: 'Rate', panels: [byRoute(), byStatus(), byOperation(), routes()] },
    { title: 'Errors', panels: [badByRoute(), failedByStatus(), fallbacksByRoute()] },
    { title: 'Duration', panels: [quantiles(), p95ByRoute(), heatmap()] },
    { title: 'Calls to others', panels: [callRates(), callErrors(), callDuration()] },
    { title: 'Traces of $service', panels: [recentTraces(), failedTraces()] },
  ],
});
