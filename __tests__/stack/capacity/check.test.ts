import { ConfigError } from '../../../config/problems';
import { configFrom } from '../../support';

const LOAD = 'capacity: {spansPerSecond: 1000, spanBytes: 1000, series: 500000, bridgeOutage: 2h}';
const SEARCH = "jaeger: {store: {type: opensearch, urls: ['https://a.example.com']}, replicas: 3}";

/** The problems of a text. */
function problems(text: string): ConfigError['problems'] {
  try {
    configFrom(text);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test.each([
  ['a queue that is full before the outage is over', 'collector: {queue: {size: 1Gi}}', 'collector.queue.size', '1Gi'],
  [
    'a claim that is smaller than the file of the queue and its copy',
    'collector: {queue: {storage: 15Gi}}',
    'collector.queue.storage',
    '15Gi',
  ],
  [
    'a Collector with too little memory',
    'collector: {resources: {memory: 256Mi}}',
    'collector.resources.memory',
    '256Mi',
  ],
  [
    'metrics that are too late',
    'collector: {metricsPath: otlp, queue: {bridgedOutage: 1h}}',
    'collector.queue.bridgedOutage',
    '1h',
  ],
  ['a claim that is full before spans expire', 'jaeger: {storage: 100Gi}', 'jaeger.storage', '100Gi'],
  ['too little memory for the series', 'prometheus: {resources: {memory: 2Gi}}', 'prometheus.resources.memory', '2Gi'],
  [
    'blocks that are deleted before their time',
    'prometheus: {retention: {size: 50Gi}}',
    'prometheus.retention.size',
    '50Gi',
  ],
  ['a retention that does not fit the claim', 'prometheus: {storage: 200Gi}', 'prometheus.storage', '200Gi'],
])('%s is refused with what it needs', (_what, text, path, value) => {
  const found = problems(`${LOAD}\n${text}`);
  expect(found.map((problem) => problem.path)).toEqual([path]);
  expect(found[0]).toMatchObject({ file: 'environments/test.yaml', line: 2, value });
  const [, enough = ''] = /^at least (\S+) with this capacity, otherwise .*: ./.exec(found[0]?.allowed ?? '') ?? [];
  // The fix is one: with it the problem is gone.
  expect(found[0]?.fix).toContain(`${path}: ${enough}, or remove it`);
  expect(problems(`${LOAD}\n${text.replace(value, enough)}`)).toEqual([]);
});

test('a rate that the replicas do not carry is refused', () => {
  const found = problems(`capacity: {spansPerSecond: 80000, series: 1000}\ncollector: {replicas: 2}\n${SEARCH}`);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ path: 'collector.replicas', value: '2' });
});

test('a rate that one Jaeger does not write is refused with badger only', () => {
  const rate = 'capacity: {spansPerSecond: 20000, series: 1000, bridgeOutage: 5m}';
  expect(problems(`${rate}\njaeger: {ttl: 1h}`).map(({ path }) => path)).toEqual(['capacity.spansPerSecond']);
  expect(problems(`${rate}\n${SEARCH}`)).toEqual([]);
});

test('all is said at once', () => {
  const small = 'collector: {queue: {size: 1Gi}, resources: {memory: 256Mi}}\nprometheus: {resources: {memory: 1Gi}}';
  expect(problems(`${LOAD}\n${small}`).map(({ path }) => path)).toEqual([
    'collector.resources.memory',
    'collector.queue.size',
    'prometheus.resources.memory',
  ]);
});

test('a load beyond what keys can have is refused as a load', () => {
  const found = problems('capacity: {spansPerSecond: 90000, spanBytes: 60000, series: 20000000, bridgeOutage: 24h}');
  expect(new Set(found.map(({ path }) => path))).toEqual(new Set(['capacity', 'capacity.spansPerSecond']));
  expect(found.every(({ allowed, fix }) => allowed.length > 0 && fix.length > 0)).toBe(true);
});

test.each([
  ['spansPerSecond: 0, series: 1000', 'capacity.spansPerSecond'],
  ['spansPerSecond: 1', 'capacity.series'],
  ['spansPerSecond: 1, series: 1000, spanBytes: 99', 'capacity.spanBytes'],
  ['spansPerSecond: 1, series: 999', 'capacity.series'],
  ['spansPerSecond: 1, series: 1000, bridgeOutage: 25h', 'capacity.bridgeOutage'],
])('{%s} is out of bounds', (text, path) =>
  expect(problems(`capacity: {${text}}`).map((problem) => problem.path)).toEqual([path]),
);

test('requests of processor time and limits of samples are advice', () =>
  expect(problems(`${LOAD}\ncollector: {resources: {cpu: 10m}}\nprometheus: {limits: {samples: 40000}}`)).toEqual([]));
