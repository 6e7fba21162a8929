/** Experiments with the stores find what is wrong, with configurations that are. */
import type { Experiment, Outcome } from '../../../lab/faults/experiment';
import { cardinality } from '../../../lab/faults/stores/cardinality';
import { jaegerKilled } from '../../../lab/faults/stores/jaeger-killed';
import type { PrometheusConfig } from '../../../lab/faults/stores/prometheus';
import { twoCollectors } from '../../../lab/faults/stores/two-collectors';

const outcomeOf = async ({ run }: Experiment): Promise<Outcome> => {
  const outcome = await run({ crashes: 1, seed: 1, say: () => undefined });
  if ('notRun' in outcome) throw new Error(outcome.notRun);
  return outcome;
};

test('F9: a batch processor before badger acknowledges spans that a kill loses', async () => {
  const batch = {
    processors: { batch: { timeout: '5s', send_batch_size: 100_000 } },
    service: { pipelines: { traces: { processors: ['batch'] } } },
  };
  const { lost, failures } = await outcomeOf(jaegerKilled(batch));
  expect(lost).toBeGreaterThan(0);
  expect(failures).toContain('not met: every acknowledged span can be read');
});

test('F17: without a window for late samples Prometheus refuses what comes out of order', async () => {
  const inOrder = ({ storage, ...config }: PrometheusConfig) => ({ ...config, storage: { ...storage, tsdb: {} } });
  const { lost, failures } = await outcomeOf(twoCollectors(inOrder));
  expect(lost).toBeGreaterThan(0);
  expect(failures).toContain('not met: no Collector has dropped points');
});

test('F19: with a limit that is too high the series are stored', async () => {
  const environment = 'collector: {metricsPath: otlp}\nprometheus: {scrapeInterval: 5s, limits: {samples: 200000}}';
  const { failures } = await outcomeOf(cardinality(`janServer: null\n${environment}`));
  expect(failures).toContain('not met: none of its series is stored');
});
