/** Panels of Jaeger: reads of its store, and requests of its UI and API. */
import { ratio } from '../../../metrics/spans';
import { FAILING } from '../parts/limits';
import { OF_JAEGER, perSecond } from '../parts/pods';
import type { Lines } from '../spec';
import { UNITS } from '../units';
import { durationBy, failingBy, NO_READS, readsBy } from './jaeger-state';

const REQUESTS = 'http_server_request_duration_seconds_count';
const STATUS = 'http_response_status_code';
const NO_REQUESTS = 'No requests: has anybody used the UI, or Grafana its datasource Jaeger?';

/** How long reads take, by operation. */
export const duration = (): Lines => ({
  kind: 'lines',
  title: 'Mean duration of reads',
  description:
    'Time of the store for one read, on average, by operation. A mean, because the buckets of Jaeger are 5 seconds wide',
  unit: UNITS.seconds,
  noData: NO_READS,
  queries: [{ expr: durationBy('operation'), legend: '{{operation}}' }],
});

const reads = (): Lines => ({
  kind: 'lines',
  title: 'Reads by operation',
  description: 'Reads of the store a second: searches, traces, lists of services and operations',
  unit: UNITS.requestsPerSecond,
  noData: NO_READS,
  stacked: true,
  queries: [{ expr: readsBy('operation'), legend: '{{operation}}' }],
});

const failures = (): Lines => ({
  kind: 'lines',
  title: 'Failing reads by operation',
  description: 'Share of the reads that the store answers with an error, by operation',
  unit: UNITS.share,
  noData: NO_READS,
  limits: FAILING,
  queries: [{ expr: failingBy('operation'), legend: '{{operation}}' }],
});

const http = (): Lines => ({
  kind: 'lines',
  title: 'Requests by status',
  description: 'HTTP requests to the UI and the API a second, by the status of their answer',
  unit: UNITS.requestsPerSecond,
  noData: NO_REQUESTS,
  stacked: true,
  queries: [{ expr: perSecond(OF_JAEGER, [STATUS], REQUESTS), legend: `{{${STATUS}}}` }],
});

const failingHttp = (): Lines => ({
  kind: 'lines',
  title: 'Failing requests by route',
  description:
    'Share of the HTTP requests that are answered with status 5xx, by route. Routes below /api/metrics are those of the Monitor tab, which asks Prometheus',
  unit: UNITS.share,
  noData: NO_REQUESTS,
  limits: FAILING,
  queries: [
    {
      expr: ratio(
        perSecond(OF_JAEGER, ['http_route'], REQUESTS, `${STATUS}=~"5.."`),
        perSecond(OF_JAEGER, ['http_route'], REQUESTS),
      ),
      legend: '{{http_route}}',
    },
  ],
});

/** Reads by operation. */
export const jaegerReads = (): Lines[] => [reads(), failures()];
/** Requests of the UI, and of Grafana. */
export const jaegerRequests = (): Lines[] => [http(), failingHttp()];
