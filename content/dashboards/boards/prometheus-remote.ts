/** Panels of Prometheus: remote write. Its metrics exist only where one is configured. */
import { ratio } from '../../../metrics/spans';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';
import { UNITS } from '../units';

const NO_REMOTE = 'No metrics of remote write: is Prometheus up?';
const REMOTE = 'remote_name';
const LEGEND = `{{${REMOTE}}}`;
const metric = (name: string) => `prometheus_remote_storage_${name}`;
const rate = (name: string) => `sum by (${REMOTE}) (rate(${metric(name)}[${RATE}]))`;

const behind = (): Lines => ({
  kind: 'lines',
  title: 'Behind',
  description:
    'How much older the last sample that was sent is than the last that was taken. After about two hours samples are never sent',
  unit: UNITS.wholeSeconds,
  noData: NO_REMOTE,
  limits: { warning: 60, critical: 300 },
  queries: [
    {
      expr: `max by (${REMOTE}) (${metric('queue_highest_timestamp_seconds')} - ${metric('queue_highest_sent_timestamp_seconds')})`,
      legend: LEGEND,
    },
  ],
});

const failing = (): Lines => ({
  kind: 'lines',
  title: 'Samples not sent',
  description: 'Share of the samples that the other side refuses for good, and share of those that are sent again',
  unit: UNITS.share,
  noData: NO_REMOTE,
  queries: [
    { expr: ratio(rate('samples_failed_total'), rate('samples_total')), legend: `${LEGEND} failed` },
    { expr: ratio(rate('samples_retried_total'), rate('samples_total')), legend: `${LEGEND} tried again` },
  ],
});

const dropped = (): Lines => ({
  kind: 'lines',
  title: 'Samples dropped',
  description: 'Samples a second that were not sent at all, by the reason',
  unit: UNITS.samplesPerSecond,
  noData: 'None: no sample was dropped since the start',
  queries: [
    {
      expr: `sum by (${REMOTE}, reason) (rate(${metric('samples_dropped_total')}[${RATE}]))`,
      legend: `${LEGEND} {{reason}}`,
    },
  ],
});

const shards = (): Lines => ({
  kind: 'lines',
  title: 'Parallel senders',
  description: 'Senders that Prometheus would need to keep up. Dashed: the most that there may be',
  unit: UNITS.count,
  noData: NO_REMOTE,
  queries: [
    { expr: `max by (${REMOTE}) (${metric('shards_desired')})`, legend: `${LEGEND} wanted` },
    { expr: `max by (${REMOTE}) (${metric('shards_max')})`, legend: `${LEGEND} limit`, bound: true },
  ],
});

/** Remote write. */
export const prometheusRemote = (): Lines[] => [behind(), failing(), dropped(), shards()];
