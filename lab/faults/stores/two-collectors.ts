/** F17: two Collectors push metrics into one Prometheus. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Collector, collectorOf } from '../../collector';
import { until } from '../../commands';
import { type Experiment, unmet } from '../experiment';
import { countsOf } from '../ids';
import { drained, dropped, NO_JAEGER, pushingTo } from './collectors';
import { metricRequests } from './metrics';
import { FAST, type PrometheusOptions, storePrometheus } from './prometheus';
import { storedSamples } from './prometheus-killed';
import { Sender } from './sender';
import { SERVICE, spanRequest } from './spans';

const ENVIRONMENT = 'collector: {metricsPath: otlp, replicas: 2}';
const EXPORTER = 'otlp_http/prometheus';
/** Milliseconds of load: two flushes of the span metrics, which the connector makes each 15 s. */
const LOAD = 20_000;
const CALLS = `traces_span_metrics_calls_total{job="${SERVICE}"}`;

const sumOfBoth = async (collectors: readonly Collector[], count: (collector: Collector) => Promise<number>) =>
  (await Promise.all(collectors.map(count))).reduce((sum, one) => sum + one, 0);

/**
 * The experiment.
 * @param patched changes Prometheus' configuration, for a test that it can fail
 */
export const twoCollectors = (patched?: PrometheusOptions['patched']): Experiment => ({
  id: 'F17',
  title: 'Two Collectors push metrics into one Prometheus',
  passes: 'no sample is refused as out of order or duplicate, and the span metrics of both add up to the spans',
  run: async ({ say }) => {
    const prometheus = await storePrometheus({ environment: FAST, ...(patched !== undefined && { patched }) });
    const collectors = await Promise.all(
      [0, 1].map((pod) =>
        collectorOf({
          environment: ENVIRONMENT,
          jaeger: NO_JAEGER,
          env: { POD_NAME: `otel-collector-${pod}` },
          patched: pushingTo(prometheus.address),
        }),
      ),
    );
    // Each request of one service goes to either, as through a Service, so that a series has samples of both.
    const samples = new Sender(metricRequests());
    const spans = new Sender(() => spanRequest(), 50);
    const urls = (path: string) => collectors.map(({ endpoint }) => `${endpoint}/v1/${path}`);
    try {
      await prometheus.start();
      for (const collector of collectors) await collector.start();
      samples.start(...urls('metrics'));
      spans.start(...urls('traces'));
      await sleep(LOAD);
      await Promise.all([samples.stop(), spans.stop()]);
      say(`${samples.acked.length} samples and ${spans.acked.length} spans were acknowledged`);
      for (const collector of collectors) await drained(collector, EXPORTER);
      const added = until(async () => (await prometheus.value(`sum(${CALLS})`)) >= spans.acked.length, 'all spans', 45);
      // What is missing after that is counted below.
      await added.catch(() => undefined);
      const counts = countsOf({ ...samples, found: await storedSamples(prometheus) });
      const calls = await prometheus.value(`sum(${CALLS})`);
      const lost = await sumOfBoth(collectors, (collector) => dropped(collector, EXPORTER));
      const late = await prometheus.metric('prometheus_tsdb_head_out_of_order_samples_appended_total');
      return {
        ...counts,
        spanMetricsError: calls - spans.acked.length,
        failures: unmet({
          'samples and spans were acknowledged': counts.acked > 0 && spans.acked.length > 0,
          'every acknowledged sample is there': counts.lost === 0,
          'no sample is there twice': counts.duplicated === 0,
          'no Collector has dropped points': lost === 0,
          'no sample was too old': (await prometheus.metric('prometheus_tsdb_too_old_samples_total')) === 0,
          'the span metrics of both add up': calls === spans.acked.length,
          'both have counted spans':
            (await prometheus.series(`count by (collector_instance_id) (${CALLS})`)).length === 2,
        }),
        figures: [`${late} samples came out of order and were stored`, `${spans.acked.length} spans`],
      };
    } finally {
      await Promise.all([samples.stop(), spans.stop()]);
      for (const collector of collectors) await collector.stop();
      await prometheus.running.stop();
    }
  },
});
