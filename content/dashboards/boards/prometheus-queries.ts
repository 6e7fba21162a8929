/** Panels of Prometheus: queries and remote write. */
import { quantileOf, ratio } from '../../../metrics/spans';
import { NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';

const NO_REMOTE = 'None: no remote write is configured';
const REMOTE = 'remote_name';

export const queries = (): Lines => ({
  kind: 'lines',
  title: 'Requests by handler and status',
  description: 'HTTP answers a second: queries of dashboards, lists of labels, scrapes of Prometheus itself',
  unit: 'reqps',
  noData: NOT_SCRAPED,
  queries: [
    {
      expr: `sum by (handler, code) (rate(prometheus_http_requests_total[${RATE}])) > 0`,
      legend: '{{handler}} {{code}}',
    },
  ],
});

export const queryP95 = (): Lines => ({
  kind: 'lines',
  title: '95th percentile of queries',
  description: 'Nineteen of twenty requests for data took no longer, by handler',
  unit: 's',
  noData: 'No queries in this time, or no metrics of Prometheus itself',
  queries: [
    {
      expr: quantileOf(0.95, 'prometheus_http_request_duration_seconds_bucket', {
        range: RATE,
        matchers: 'handler=~"/api/v1/query.*"',
        by: ['handler'],
      }),
      legend: '{{handler}}',
    },
  ],
});

export const remoteBehind = (): Lines => ({
  kind: 'lines',
  title: 'Remote write behind',
  description: 'How much older the last sample that was sent is than the last that was taken',
  unit: 's',
  noData: NO_REMOTE,
  limits: { warning: 60, critical: 300 },
  queries: [
    {
      expr: `max by (${REMOTE}) (prometheus_remote_storage_queue_highest_timestamp_seconds - prometheus_remote_storage_queue_highest_sent_timestamp_seconds)`,
      legend: `{{${REMOTE}}}`,
    },
  ],
});

export const remoteFailed = (): Lines => ({
  kind: 'lines',
  title: 'Remote write: samples that fail',
  description: 'Share of samples that the other side refused for good',
  unit: 'percentunit',
  noData: NO_REMOTE,
  queries: [
    {
      expr: ratio(
        `sum by (${REMOTE}) (rate(prometheus_remote_storage_samples_failed_total[${RATE}]))`,
        `sum by (${REMOTE}) (rate(prometheus_remote_storage_samples_total[${RATE}]))`,
      ),
      legend: `{{${REMOTE}}}`,
    },
  ],
});
