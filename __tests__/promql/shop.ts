/** A small catalogue for the tests of the checker: a shop that nobody runs, and a few programs that everybody knows. */
import { EMITTERS } from '../../metrics/emitters';
import { Catalogue } from '../../promql/catalogue';
import type { ExpressionContext } from '../../promql/context';
import type { Metric } from '../../promql/metric';

const entry = (name: string, type: Metric['type'], more: Partial<Metric> = {}): Metric => ({
  name,
  type,
  unit: 'requests',
  labels: {},
  emitter: EMITTERS.llmApi,
  recorded: true,
  emitted: 'always',
  ...more,
});

const shop = { method: 'fixed', route: 'bounded', status: 'fixed' } as const;

const METRICS: readonly Metric[] = [
  entry('up', 'gauge', { emitter: EMITTERS.scrape, unit: 'boolean' }),
  entry('ALERTS', 'gauge', { emitter: EMITTERS.scrape, unit: 'boolean', emitted: { after: 'an alert' } }),
  entry('jan_shop_requests_total', 'counter', { labels: shop, emitted: { after: 'a request' } }),
  entry('jan_shop_visitors_total', 'counter', { labels: { agent: 'open' } }),
  entry('jan_shop_seconds', 'histogram', { labels: { method: 'fixed', route: 'bounded' }, unit: 'seconds' }),
  entry('jan_shop_delay', 'histogram', { unit: 'seconds', coarse: 'its first bucket ends at 5 s' }),
  entry('jan_shop_wait', 'native histogram', { unit: 'seconds' }),
  entry('jan_shop_queue', 'gauge', { labels: { lane: 'fixed' }, unit: 'orders' }),
  entry('jan_shop_queue_limit', 'gauge', { labels: { lane: 'fixed' }, unit: 'orders' }),
  entry('jan_shop_fullness', 'gauge', { unit: 'ratio' }),
  entry('jan_shop_started', 'gauge', { unit: 'timestamp' }),
  entry('jan_shop_uptime', 'gauge', { unit: 'seconds' }),
  entry('jan_shop_memory', 'gauge', { unit: 'bytes' }),
  entry('jan_shop_info', 'info', { labels: { version: 'bounded' } }),
  entry('jan_shop_refunds_total', 'counter', { recorded: false }),
  entry('otelcol_shop_dropped_total', 'counter', { emitter: EMITTERS.collector, labels: { exporter: 'bounded' } }),
  entry('container_shop_bytes', 'gauge', {
    emitter: EMITTERS.cadvisor,
    unit: 'bytes',
    labels: { container: 'bounded' },
  }),
  entry('go_shop_threads', 'gauge', { emitter: EMITTERS.prometheus, unit: 'threads' }),
  entry('go_shop_threads', 'gauge', { emitter: EMITTERS.alertmanager, unit: 'threads' }),
];

/** The catalogue of the tests. */
export const SHOP = new Catalogue(METRICS);

/** A place with that catalogue, scraped each 15 s. */
export const at = (place: ExpressionContext['place'], more: Partial<ExpressionContext> = {}): ExpressionContext => ({
  place,
  catalogue: SHOP,
  scrapeInterval: 15,
  ...more,
});
