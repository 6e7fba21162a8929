/** Panels of RED: how long requests take. */

import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { latencyQuantile, REQUEST, selector, sumBy } from '../../../metrics/spans';
import { NO_SPANS } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Heatmap, Lines, Values } from '../spec';
import { CHOSEN, TRACES } from './red-rate';

const now = (quantile: number, title: string, share: string): Values => ({
  kind: 'stat',
  title,
  description: `${share} requests to the chosen routes take no longer than this`,
  unit: 's',
  noData: NO_SPANS,
  queries: [{ expr: latencyQuantile(quantile, { ...CHOSEN, by: [] }), legend: title }],
});

export const p50Now = (): Values => now(0.5, 'Median', 'Half of the');
export const p95Now = (): Values => now(0.95, '95th percentile', 'Nineteen of twenty');
export const p99Now = (): Values => now(0.99, '99th percentile', 'Ninety-nine of a hundred');

export const quantiles = (): Lines => ({
  kind: 'lines',
  title: 'Duration',
  description: 'How long half, 95 % and 99 % of the requests to the chosen routes take. Dots lead to traces',
  unit: 's',
  noData: NO_SPANS,
  exemplars: true,
  queries: [
    { expr: latencyQuantile(0.5, { ...CHOSEN, by: [] }), legend: 'half' },
    { expr: latencyQuantile(0.95, { ...CHOSEN, by: [] }), legend: '95 %' },
    { expr: latencyQuantile(0.99, { ...CHOSEN, by: [] }), legend: '99 %' },
  ],
  links: TRACES,
});

export const p95ByRoute = (): Lines => ({
  kind: 'lines',
  title: '95th percentile by route',
  description:
    'Nineteen of twenty requests to the route took no longer. Where a model answers that is the length of its answers. Dots lead to traces',
  unit: 's',
  noData: NO_SPANS,
  exemplars: true,
  queries: [{ expr: latencyQuantile(0.95, { ...CHOSEN, by: ['http_route'] }), legend: '{{http_route}}' }],
  links: TRACES,
});

export const heatmap = (): Heatmap => ({
  kind: 'heatmap',
  title: 'Durations',
  description: 'How many requests a second fall between two bounds: what a quantile hides shows as bands',
  unit: 's',
  noData: NO_SPANS,
  width: 24,
  queries: [
    {
      expr: sumBy(['le'], `rate(${selector(SPAN_METRICS.durationBucket, CHOSEN.matchers, REQUEST)}[${RATE}])`),
      legend: '{{le}}',
    },
  ],
});
