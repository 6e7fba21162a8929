/** Panels of RED: how durations are spread. */
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { latencyQuantile, REQUEST, selector, sumBy } from '../../../metrics/spans';
import { NO_SPANS } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Heatmap, Lines } from '../spec';
import { UNITS } from '../units';
import { CHOSEN, TOGETHER, TRACES } from './red-chosen';

export const quantiles = (): Lines => ({
  kind: 'lines',
  title: 'Duration',
  description: 'How long half, 95 % and 99 % of the requests to the chosen routes take. Dots lead to traces',
  unit: UNITS.seconds,
  noData: NO_SPANS,
  width: 8,
  exemplars: true,
  queries: [
    { expr: latencyQuantile(0.5, TOGETHER), legend: 'half' },
    { expr: latencyQuantile(0.95, TOGETHER), legend: '95 %' },
    { expr: latencyQuantile(0.99, TOGETHER), legend: '99 %' },
  ],
  links: TRACES,
});

export const heatmap = (): Heatmap => ({
  kind: 'heatmap',
  title: 'Durations',
  description: 'How many requests a second fall between two bounds: what a quantile hides shows as bands',
  unit: UNITS.seconds,
  cells: UNITS.requestsPerSecond,
  noData: NO_SPANS,
  width: 16,
  queries: [
    {
      expr: sumBy(['le'], `rate(${selector(SPAN_METRICS.durationBucket, CHOSEN.matchers, REQUEST)}[${RATE}])`),
      legend: '{{le}}',
    },
  ],
});
