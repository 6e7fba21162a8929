/** Panels of Jaeger: queries. */
import { ratio } from '../../../metrics/spans';
import type { Lines, Values } from '../spec';
import { perSecond } from './jaeger-writes';

const NO_READS = 'No reads: has anybody searched for traces, in the UI or in Grafana?';
const READS = 'jaeger_storage_requests_total';
const DURATION = 'jaeger_storage_latency_seconds';
const failing = (by: string) => ratio(perSecond(by, READS, 'result="err"'), perSecond(by, READS));

export const failingNow = (): Values => ({
  kind: 'stat',
  title: 'Failing reads',
  description: 'Share of reads of the storage that failed',
  unit: 'percentunit',
  noData: NO_READS,
  width: 8,
  limits: { warning: 0.01, critical: 0.05 },
  queries: [{ expr: failing('job'), legend: 'failing' }],
});

export const reads = (): Lines => ({
  kind: 'lines',
  title: 'Reads by operation',
  description: 'Reads of the storage a second: searches, traces, lists of services and operations',
  unit: 'reqps',
  noData: NO_READS,
  stacked: true,
  queries: [{ expr: perSecond('operation', READS), legend: '{{operation}}' }],
});

export const failures = (): Lines => ({
  kind: 'lines',
  title: 'Failing reads by operation',
  description: 'Share of reads that the storage answered with an error',
  unit: 'percentunit',
  noData: NO_READS,
  limits: { warning: 0.01, critical: 0.05 },
  queries: [{ expr: failing('operation'), legend: '{{operation}}' }],
});

/** A mean: Jaeger 2.20.0 counts seconds into buckets of 0, 5, 10 and more, from which every quantile of fast reads is about 5 seconds. */
export const latency = (): Lines => ({
  kind: 'lines',
  title: 'Mean duration of reads',
  description: 'Time of the storage for one read, on average. A search reads many traces',
  unit: 's',
  noData: NO_READS,
  queries: [
    {
      expr: ratio(perSecond('operation', `${DURATION}_sum`), perSecond('operation', `${DURATION}_count`)),
      legend: '{{operation}}',
    },
  ],
});

export const http = (): Lines => ({
  kind: 'lines',
  title: 'Requests to UI and API by status',
  description: 'HTTP answers a second',
  unit: 'reqps',
  noData: NO_READS,
  stacked: true,
  queries: [
    {
      expr: perSecond('http_response_status_code', 'http_server_request_duration_seconds_count'),
      legend: '{{http_response_status_code}}',
    },
  ],
});
