/** Configurations with parts left out. */
import type { CollectorConfig } from '../../../lab/collector-config';
import { queuesInMemory, without } from '../../../scripts/bench/collector-config';

const config: CollectorConfig = {
  extensions: { health_check: {}, 'file_storage/queue': {} },
  receivers: { otlp: {} },
  processors: { first: {}, second: {}, counted: {} },
  connectors: { counts: {}, more: {} },
  exporters: { jaeger: { sending_queue: { storage: 'file_storage/queue', num_consumers: 4 } }, prometheus: {} },
  service: {
    extensions: ['health_check', 'file_storage/queue'],
    pipelines: {
      traces: { receivers: ['otlp'], processors: ['first', 'second'], exporters: ['jaeger', 'counts'] },
      'traces/counted': { receivers: ['otlp'], processors: ['first', 'counted'], exporters: ['more'] },
      metrics: { receivers: ['counts'], exporters: ['prometheus'] },
      'metrics/more': { receivers: ['more'], exporters: ['prometheus'] },
    },
  },
};

test('a processor leaves every pipeline', () => {
  const { processors, service } = without('first')(config);
  expect(processors).toEqual({ second: {}, counted: {} });
  expect(service.pipelines.traces?.processors).toEqual(['second']);
  expect(service.pipelines['traces/counted']?.processors).toEqual(['counted']);
});

test('a connector leaves with the pipelines before and behind it, and with their processors', () => {
  const { processors, connectors, exporters, service } = without('more')(config);
  expect(Object.keys(service.pipelines)).toEqual(['traces', 'metrics']);
  expect(processors).toEqual({ first: {}, second: {} });
  expect(connectors).toEqual({ counts: {} });
  expect(Object.keys(exporters)).toEqual(['jaeger', 'prometheus']);
});

test('an exporter without a pipeline leaves', () => {
  const { exporters, service } = without('counts', 'more')(config);
  expect(Object.keys(exporters)).toEqual(['jaeger']);
  expect(service.pipelines).toEqual({
    traces: { receivers: ['otlp'], processors: ['first', 'second'], exporters: ['jaeger'] },
  });
});

test('a connector whose other side is gone leaves too', () => {
  const { traces, metrics } = config.service.pipelines;
  const behind = { receivers: ['counts'], exporters: ['more'] };
  const pipelines = { traces, behind, metrics: { ...metrics, receivers: ['more'] } };
  const chained = { ...config, service: { pipelines } } as CollectorConfig;
  expect(Object.keys(without('counts')(chained).service.pipelines)).toEqual(['traces']);
});

test('a name that is not there is an error', () =>
  expect(() => without('first', 'third')(config)).toThrow('has no third; its processors and connectors are first'));

test('queues in memory, without the storage', () => {
  const { exporters, service } = queuesInMemory(config);
  expect(exporters).toEqual({ jaeger: { sending_queue: { num_consumers: 4 } }, prometheus: {} });
  expect(service.extensions).toEqual(['health_check']);
  expect(() => queuesInMemory({ ...config, exporters })).toThrow('no exporter with a queue on disk');
});
