/** Where data is dropped inside the Collector, and what is dropped on purpose. */
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { sumBy } from '../../../metrics/spans';
import { OF_COLLECTOR, perSecond } from '../parts/pods';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';
import { UNITS } from '../units';
import { bySignal } from './collector-flow';

/**
 * Types of processors that drop by their configuration and report their numbers, as the pattern of their names. The stack has none; a
 * patch may add some. `tail_sampling` and `batch` do not report theirs (processorhelper of the Collector).
 */
export const DROPS_ON_PURPOSE = '(filter|probabilistic_sampler)(/.*)?';
/** It refuses, and senders try again: it has its own panel. */
const MEMORY_LIMITER = 'memory_limiter(/.*)?';

const ITEMS = ['processor', 'otel_signal'];

/** What goes in less what comes out. A processor that makes several items of one, or one of several, drops none: not below zero. */
const difference = (matcher: string) => {
  const items = (way: string) => perSecond(OF_COLLECTOR, ITEMS, `otelcol_processor_${way}_items_total`, matcher);
  return `clamp_min(${items('incoming')} - ${items('outgoing')}, 0)`;
};

const limited = (): Lines => ({
  kind: 'lines',
  title: 'Refused by the memory limiter',
  description: 'What was refused to save memory. The Collector needs more memory, more replicas, or fewer spans',
  unit: UNITS.itemsPerSecond,
  noData: 'None: the memory limiter refused nothing since the Collector started',
  queries: bySignal((signal, words) => ({
    expr: perSecond(OF_COLLECTOR, ['pod'], `otelcol_processor_memory_limiter_refused_${signal}_total`),
    legend: `{{pod}} ${words} refused`,
  })),
});

const lost = (): Lines => ({
  kind: 'lines',
  title: 'Lost in processors',
  description:
    'What goes into a processor less what comes out of it, a second, and metric points that could not be added up. Without processors that drop on purpose, and without the memory limiter',
  unit: UNITS.itemsPerSecond,
  noData: 'Nothing has arrived since the start: does any service send to the Collector?',
  queries: [
    {
      expr: difference(`processor!~"${DROPS_ON_PURPOSE}|${MEMORY_LIMITER}"`),
      legend: '{{processor}} {{otel_signal}}',
    },
    {
      expr: perSecond(OF_COLLECTOR, ['error'], 'otelcol_deltatocumulative_datapoints_total', 'error!=""'),
      legend: 'deltatocumulative, {{error}}',
    },
  ],
});

const onPurpose = (): Lines => ({
  kind: 'lines',
  title: 'Left out on purpose',
  description:
    'What filters and samplers drop a second, as they are configured: no loss. The stack has none of its own: a patch has added them',
  unit: UNITS.itemsPerSecond,
  noData: 'Nothing has arrived since the start, or no processor leaves anything out',
  queries: [{ expr: difference(`processor=~"${DROPS_ON_PURPOSE}"`), legend: '{{processor}} {{otel_signal}}' }],
});

const cut = (): Lines => ({
  kind: 'lines',
  title: 'Cut or merged',
  description:
    'Spans a second with an attribute over 32 KiB, of which the end is cut; and spans that are counted in one series without their name, because their service has too many kinds of spans. From all Collectors',
  unit: UNITS.spansPerSecond,
  noData: 'None: no attribute was too long, and no service has too many kinds of spans',
  queries: [
    {
      expr: sumBy(['service_name'], `rate(${SPAN_METRICS.calls}{otelcol_truncated="true"}[${RATE}])`),
      legend: '{{service_name}}, attribute cut',
    },
    {
      expr: sumBy(['job'], `rate(${SPAN_METRICS.calls}{otel_metric_overflow="true"}[${RATE}])`),
      legend: '{{job}}, without its name',
    },
  ],
});

/** Where data is dropped. */
export const collectorDrops = (): Lines[] => [limited(), lost(), onPurpose(), cut()];
