import fc from 'fast-check';
import { bytes } from '../../../config/units';
import { current, numberOf } from '../../../stack/capacity/apply';
import { queueBytes, queueFileBytes } from '../../../stack/capacity/needs';
import { SIZES } from '../../../stack/capacity/sizes';
import { readSettingsOf } from '../../../stack/input';
import type { EnvironmentInput, Settings } from '../../../stack/settings';
import { configFile, configFrom, find, render } from '../../support';

const SEED = 20261126;
const LOAD = 'capacity: {spansPerSecond: 200, spanBytes: 1000, series: 400000, bridgeOutage: 1h}';
/** The same, with a retention that is not the default. */
const WITH_RETENTION = `${LOAD}\nprometheus: {retention: {time: 10d}}\njaeger: {ttl: 24h}`;

interface Pods {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly { readonly resources: { readonly limits: { memory: string } } }[];
      };
    };
  };
}
interface Claim {
  readonly spec: { readonly resources: { readonly requests: { readonly storage: string } } };
}

describe('what a load needs is rendered', () => {
  const manifests = render(WITH_RETENTION);
  const claim = (name: string) =>
    bytes((find(manifests, 'PersistentVolumeClaim', name) as unknown as Claim).spec.resources.requests.storage);
  const memory = (name: string) =>
    bytes(
      (find(manifests, 'Deployment', name) as unknown as Pods).spec.template.spec.containers[0]?.resources.limits
        .memory ?? '',
    );
  const queueSize = configFile<{ exporters: Record<string, { sending_queue?: { queue_size: number } }> }>(
    manifests,
    'otel-collector-config',
    'config.yaml',
  ).exporters['otlp_http/jaeger']?.sending_queue?.queue_size;

  test('the queue holds the outage', () => {
    const held = queueBytes({ perSecond: 200, bytes: 1000 }, 3600);
    expect(queueSize).toBeGreaterThanOrEqual(held);
    expect(queueSize).toBeLessThan(held * 1.3);
  });

  test('the claim holds the file of the queue and its copy', () =>
    expect(claim('otel-collector-queue')).toBeGreaterThanOrEqual(2 * queueFileBytes(queueSize ?? Number.NaN)));

  test("badger's claim holds the spans of jaeger.ttl, more than as they are sent", () =>
    expect(claim('jaeger-data')).toBeGreaterThan(200 * 1000 * 86_400));

  test('Prometheus has memory for the series, and keeps the samples of its retention', () => {
    expect(memory('prometheus')).toBeGreaterThan(400_000 * 4096);
    const { storage } = configFile<{ storage: { tsdb: { retention: { size: string; time: string } } } }>(
      manifests,
      'prometheus-config',
      'prometheus.yaml',
    );
    const { size, time } = storage.tsdb.retention;
    expect(time).toBe('10d');
    const kept = bytes(size.replace('B', 'i'));
    // A sample is more than a byte.
    expect(kept).toBeGreaterThan((400_000 / 15) * 864_000);
    expect(claim('prometheus-data')).toBeGreaterThanOrEqual(kept / 0.8);
  });
});

test('several Collectors have a part of the queue each, and the busiest more than its share', () => {
  const sizeOf = (text: string) => bytes(configFrom(text).collector.queue.size);
  const one = sizeOf(LOAD);
  const three = sizeOf(`${LOAD}\ncollector: {replicas: 3}`);
  expect(three / one).toBeCloseTo(0.5, 1);
});

test('a rate that one Collector cannot carry is given more of them', () => {
  const search = "jaeger: {store: {type: opensearch, urls: ['https://a.example.com']}, replicas: 3}";
  const rate = (perSecond: number) =>
    configFrom(`capacity: {spansPerSecond: ${perSecond}, series: 1000, bridgeOutage: 5m}\n${search}`).collector
      .replicas;
  expect(rate(1000)).toBe(1);
  expect(rate(90_000)).toBeGreaterThan(2);
});

test('what the file sets wins, and what follows from it is computed from that', () => {
  const { collector, prometheus } = configFrom(
    `${LOAD}\ncollector: {queue: {size: 50Gi}}\nprometheus: {retention: {size: 500Gi}, resources: {memory: 32Gi}}`,
  );
  expect(collector.queue.size).toBe('50Gi');
  expect(bytes(collector.queue.storage)).toBeGreaterThan(bytes('100Gi'));
  expect(prometheus.resources.memory).toBe('32Gi');
  expect(prometheus.storage).toBe('625Gi');
});

test('metrics that are pushed may be as late as the outage', () => {
  const outage = (text: string) => configFrom(`${LOAD}\n${text}`).collector.queue.bridgedOutage;
  expect(outage('collector: {metricsPath: otlp}')).toBe('1h');
  expect(outage('')).toBe('2h');
});

test('without a capacity nothing is computed', () => {
  const { collector, jaeger, prometheus } = configFrom('capacity: null');
  expect([collector.queue.size, jaeger.storage, prometheus.retention.size]).toEqual(['1Gi', '10Gi', '10Gi']);
  expect(configFrom('capacity: null')).toEqual(configFrom(''));
});

/** Any load within the bounds of the schema. */
const loads = fc.record({
  spansPerSecond: fc.integer({ min: 1, max: 100_000 }),
  spanBytes: fc.integer({ min: 100, max: 65_536 }),
  series: fc.integer({ min: 1000, max: 20_000_000 }),
  bridgeOutage: fc.integer({ min: 5, max: 1440 }).map((minutes) => `${minutes}m`),
});
/** Other keys that sizes depend on. */
const others = fc.record(
  {
    collector: fc.record({ metricsPath: fc.constantFrom('scrape', 'otlp') }),
    jaeger: fc.record({ ttl: fc.constantFrom('1h', '7d') }),
    prometheus: fc.record({ scrapeInterval: fc.constantFrom('15s', '2m'), retention: fc.constant({ time: '30d' }) }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<EnvironmentInput>;

/** A load that one stack with badger carries, whatever the rest: 300 spans a second of 2,000 bytes. */
const small = loads.map(({ spansPerSecond, spanBytes, series, bridgeOutage }) => ({
  ...{ spansPerSecond: (spansPerSecond % 300) + 1, spanBytes: (spanBytes % 1900) + 100 },
  ...{ series: (series % 2_000_000) + 1000, bridgeOutage },
}));

test('whatever the load, the sizes pass the check of the same load, or the load is too large for one stack', () => {
  const property = fc.property(loads, others, (capacity, rest) => {
    const read = readSettingsOf('', { ...rest, capacity });
    const paths = read.ok ? [] : read.problems.map(({ path }) => path);
    expect(paths.filter((path) => path !== 'capacity' && path !== 'capacity.spansPerSecond')).toEqual([]);
  });
  fc.assert(property, { numRuns: 300, seed: SEED });
});

test('a load that one stack carries is rendered', () => {
  const property = fc.property(small, others, (capacity, rest) => {
    expect(readSettingsOf('', { ...rest, capacity })).toMatchObject({ ok: true });
  });
  fc.assert(property, { numRuns: 200, seed: SEED });
});

test('no size is smaller with a larger load', () => {
  const settings = (capacity: EnvironmentInput['capacity']): Settings => {
    const read = readSettingsOf('', { capacity, collector: { replicas: 2 } });
    if (!read.ok) throw new Error('it is not rendered');
    return read.value;
  };
  const more = fc.constantFrom('spansPerSecond', 'spanBytes', 'series', 'bridgeOutage' as const);
  const property = fc.property(small, more, fc.integer({ min: 2, max: 5 }), (capacity, key, times) => {
    const value =
      key === 'bridgeOutage'
        ? `${Math.min(Number.parseInt(capacity.bridgeOutage, 10) * times, 1440)}m`
        : capacity[key] * times;
    const [less, larger] = [settings(capacity), settings({ ...capacity, [key]: value })];
    for (const size of SIZES)
      expect(numberOf(size, current(larger, size))).toBeGreaterThanOrEqual(numberOf(size, current(less, size)));
  });
  fc.assert(property, { numRuns: 100, seed: SEED });
});
