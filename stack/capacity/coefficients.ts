/**
 * What the programs need for a span, a sample and a series. `scripts/bench/capacity.ts` measures each on the real programs with the rendered
 * configuration, and compares a prediction with a run of other numbers. After a new version of a program, run it and write its
 * figures here.
 */

/** When these were measured, and how. */
export const MEASURED = { on: '2026-11-26', by: 'node scripts/app.js scripts/bench/capacity.ts' } as const;

/** Where a number comes from: measured, a choice of ours with its reason, or documentation. */
export interface Coefficient {
  readonly value: number;
  readonly unit: string;
  readonly what: string;
  readonly source: 'measured' | `chosen: ${string}` | `documented: ${string}`;
}

const measured = (value: number, unit: string, what: string): Coefficient => ({
  value,
  unit,
  what,
  source: 'measured',
});
const chosen = (value: number, unit: string, what: string, why: string): Coefficient => ({
  value,
  unit,
  what,
  source: `chosen: ${why}`,
});

/** All of them. */
export const COEFFICIENTS = {
  margin: chosen(
    1.25,
    'times',
    'the safety margin: every size that must not be too small is multiplied by it',
    'the error that the bench allows',
  ),
  skew: chosen(
    1.5,
    'times',
    'the share of the busiest of several Collectors',
    'senders keep their connections, and a pod that restarts leaves its share to the others',
  ),
  spansPerRequest: chosen(50, 'spans', 'a request of an SDK', 'SDKs send up to 512 spans, at least every five seconds'),
  coresPerPod: chosen(2, 'cores', 'what one pod may use', 'the bench gives each program two threads'),
  busy: chosen(
    0.7,
    'times',
    'the share of these cores that may be used',
    'the queue must drain after an outage while new spans arrive',
  ),
  queueBytesPerSpan: measured(150, 'bytes', "what the Collector's processors add to a span in the queue"),
  queueFile: measured(1.07, 'times', "the queue's file, as a multiple of what is in it"),
  queueFileStep: {
    value: 16 * 2 ** 20,
    unit: 'bytes',
    what: 'by which that file grows',
    source: 'documented: bbolt, DefaultAllocSize',
  },
  queueCopies: chosen(
    2,
    'times',
    'room for that file',
    'at a start, compaction writes a copy before it removes the first',
  ),
  collectorMicros: measured(44, 'µs', "the Collector's processor time for a span"),
  collectorMicrosPerByte: measured(0.024, 'µs', "the Collector's processor time for each byte of a span"),
  collectorMicrosPerRequest: measured(
    1950,
    'µs',
    "the Collector's processor time for each request: three writes to the queue",
  ),
  collectorMib: measured(168, 'MiB', 'memory of the Collector without spans'),
  collectorMibPerMegabyte: measured(12, 'MiB', 'memory of the Collector for each megabyte of spans a second'),
  collectorMemoryShare: {
    value: 0.6,
    unit: 'times',
    what: 'the part of its limit at which the Collector begins to refuse spans',
    source: 'documented: memory_limiter, limit_percentage 80 less spike_limit_percentage 20',
  },
  badgerBytes: measured(390, 'bytes', 'disk of a span in badger'),
  badgerBytesPerByte: measured(
    2.25,
    'bytes',
    "Jaeger's disk for each byte of a span: the span, and an index of each attribute",
  ),
  badgerExpired: chosen(
    1.5,
    'times',
    'room for spans that have expired',
    'badger frees them when it merges their tables, not at once',
  ),
  jaegerMicros: measured(127, 'µs', "Jaeger's processor time for a span, with badger"),
  jaegerMicrosPerByte: measured(0.077, 'µs', "Jaeger's processor time for each byte of a span"),
  seriesBytes: measured(5000, 'bytes', 'memory of Prometheus for a series'),
  prometheusMib: measured(55, 'MiB', 'memory of Prometheus without series'),
  queries: chosen(1.5, 'times', 'memory for queries and rules', 'not measured: it depends on what is asked'),
  sampleBytes: measured(2.5, 'bytes', 'disk of a sample in a block, with its index'),
  headBytes: measured(8.5, 'bytes', 'disk of a sample in the write-ahead log and the head'),
  headHours: {
    value: 3,
    unit: 'hours',
    what: 'that the head and its log hold',
    source: 'documented: Prometheus, one and a half times the two hours of a block',
  },
  claimShare: {
    value: 0.8,
    unit: 'times',
    what: "the part of Prometheus' claim that retention.size may be",
    source: 'documented: Prometheus, storage: 80 to 85 %',
  },
} as const satisfies Readonly<Record<string, Coefficient>>;

/** The name of a coefficient. */
export type CoefficientName = keyof typeof COEFFICIENTS;

/** The value of one. */
export const of = (name: CoefficientName): number => COEFFICIENTS[name].value;
