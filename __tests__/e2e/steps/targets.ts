import { until } from '../../cluster/cluster';
import { prometheusIn } from '../apis';
import { HAS_GRAFANA, NAMESPACE, note } from '../stack';
import { SERVICES } from './discovery';

interface Target {
  readonly labels: Readonly<Record<string, string>>;
  readonly health: string;
  readonly lastError: string;
}

/** Counters of Prometheus and the Collector that stay at zero as long as nothing is lost. */
const LOSSES = [
  'prometheus_rule_evaluation_failures_total',
  'prometheus_target_scrapes_sample_duplicate_timestamp_total',
  'prometheus_target_scrapes_sample_out_of_order_total',
  'prometheus_target_scrapes_sample_out_of_bounds_total',
  'prometheus_target_scrapes_exceeded_sample_limit_total',
  'prometheus_target_scrapes_exceeded_body_size_limit_total',
  'prometheus_target_scrape_pool_exceeded_label_limits_total',
  'prometheus_target_scrape_pools_failed_total',
];
const COLLECTOR_LOSSES = [
  'otelcol_receiver_refused_spans_total',
  'otelcol_exporter_send_failed_spans_total',
  'otelcol_receiver_failed_spans_total',
];

/** Prometheus finds everything, and loses nothing. */
export function targets(): void {
  const { api, value } = prometheusIn(NAMESPACE);

  test('every target is up', async () => {
    const jobs = [
      'alertmanager',
      'cadvisor',
      'kube-state-metrics',
      'kubelet',
      'jaeger',
      ...SERVICES.map(({ name }) => name),
      'otel-collector',
      'otel-collector-internal',
      'prometheus',
      ...(HAS_GRAFANA ? ['grafana'] : []),
    ];
    let active: readonly Target[] = [];
    await until(async () => {
      ({ activeTargets: active } = await api<{ activeTargets: readonly Target[] }>('/targets?state=active'));
      return active.length >= jobs.length && active.every(({ health }) => health !== 'unknown');
    }, 'every target to be scraped');
    expect(active.map(({ labels }) => labels.job).sort()).toEqual(jobs.sort());
    expect(
      active.filter(({ health }) => health !== 'up').map(({ labels, lastError }) => `${labels.job}: ${lastError}`),
    ).toEqual([]);
    note('targets up', active.length);
  });

  test.each(LOSSES)('%s is 0', async (metric) => {
    expect(await value(`sum(${metric})`)).toBe(0);
  });

  test.each(COLLECTOR_LOSSES)('%s is 0, or was never counted', async (metric) => {
    expect((await value(`sum(${metric})`)) ?? 0).toBe(0);
  });

  test('every rule is evaluated', async () => {
    const { groups } = await api<{ groups: readonly { rules: readonly { name: string; health: string }[] }[] }>(
      '/rules',
    );
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(10);
    expect(rules.filter(({ health }) => health !== 'ok').map(({ name }) => name)).toEqual([]);
  });
}
