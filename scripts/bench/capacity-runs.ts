/** The runs: some give the coefficients, and one with other numbers is predicted. */
import { readManifests } from '../../lab/conformance/manifests';
import {
  badgerBytes,
  blockBytes,
  collectorMemory,
  headMemory,
  type Micros,
  micros,
  queuedBytes,
  queueFileBytes,
} from '../../stack/capacity/needs';
import { measureBlocks } from './capacity-blocks';
import { measureBacklog, measureFlow } from './capacity-collector';
import { measureStore } from './capacity-jaeger';
import { measureHead } from './capacity-prometheus';
import { type Comparison, line, type Now } from './capacity-table';
import { type Sending, startSink } from './collector-run';
import { prometheusFiles } from './queries-rules';
import { benchSeries, type Series } from './queries-series';

/** What a part of the bench has found. */
export interface Found {
  readonly now: readonly Now[];
  readonly comparisons: readonly Comparison[];
  readonly measured: unknown;
}

/** Attributes of spans are short as a rule; a few long ones cost more (docs/capacity.md). */
const ATTRIBUTE_BYTES = 256;

const spans = (spanBytes: number, spansPerRequest: number, total: number, spansPerSecond: number): Sending => ({
  ...{ spanBytes, spansPerRequest, total, spansPerSecond },
  attributeBytes: ATTRIBUTE_BYTES,
});

/** As fast as they are accepted. */
const AT_ONCE = 1e6;

/** The queue on disk while Jaeger is away. */
export async function queue(): Promise<Found> {
  const small = await measureBacklog(spans(0, 100, 100_000, AT_ONCE));
  const large = await measureBacklog(spans(2000, 100, 60_000, AT_ONCE));
  const other = await measureBacklog(spans(1200, 40, 90_000, AT_ONCE));
  const size = other.sentBytes / other.spans;
  const added = [small, large].map(({ queuedBytes: bytes, sentBytes, spans: sent }) => (bytes - sentBytes) / sent);
  return {
    now: [
      { name: 'queueBytesPerSpan', value: mean(added) },
      { name: 'queueFile', value: mean([small, large].map(({ fileBytes, queuedBytes: bytes }) => fileBytes / bytes)) },
    ],
    comparisons: [
      compare(
        `queue of ${other.spans} spans of ${Math.round(size)} bytes`,
        'MB',
        other.spans * queuedBytes(size),
        other.queuedBytes,
      ),
      compare('file of that queue', 'MB', queueFileBytes(other.spans * queuedBytes(size)), other.fileBytes),
    ].map(inMega),
    measured: { small, large, other },
  };
}

/** Processor time and memory of the Collector. */
export async function flow(): Promise<Found> {
  const sink = await startSink();
  try {
    const small = await measureFlow(sink, spans(424, 100, 40_000, 2000), 1);
    const large = await measureFlow(sink, spans(4000, 100, 40_000, 2000), 3);
    const requests = await measureFlow(sink, spans(1000, 20, 40_000, 2000), 5);
    const other = await measureFlow(sink, spans(2000, 50, 60_000, 3000), 7);
    const fit = fitOf(small.microseconds, large.microseconds, requests.microseconds);
    const memory = line([
      [(2000 * 424) / 1e6, small.mib],
      [(2000 * 4000) / 1e6, large.mib],
    ]);
    return {
      now: [
        { name: 'collectorMicros', value: fit.span },
        { name: 'collectorMicrosPerByte', value: fit.byte },
        { name: 'collectorMicrosPerRequest', value: fit.request },
        { name: 'collectorMib', value: memory.start },
        { name: 'collectorMibPerMegabyte', value: memory.slope },
      ],
      comparisons: [
        compare(
          'Collector, 3000 spans a second of 2000 bytes, 50 in a request',
          'µs',
          micros(fit, 2000, 50),
          other.microseconds,
        ),
        compare('its memory', 'MiB', collectorMemory({ perSecond: 3000, bytes: 2000 }) / 2 ** 20, other.mib),
      ],
      measured: { small, large, requests, other },
    };
  } finally {
    await sink.stop();
  }
}

/** Three equations: 424 bytes in requests of 100, 4000 in requests of 100, 1000 in requests of 20. */
function fitOf(small: number, large: number, requests: number): Micros {
  const { slope: byte, start } = line([
    [424, small],
    [4000, large],
  ]);
  // start = span + request / 100, and requests = span + byte * 1000 + request / 20.
  const request = (requests - byte * 1000 - start) / (1 / 20 - 1 / 100);
  return { span: start - request / 100, byte, request };
}

/** Disk and processor time of Jaeger with badger. */
export async function badger(): Promise<Found> {
  const small = await measureStore(spans(0, 100, 60_000, 3000));
  const large = await measureStore(spans(3000, 100, 60_000, 3000));
  const other = await measureStore(spans(1500, 50, 60_000, 2000));
  const sizeOf = ({ sentBytes, spans: sent }: typeof other) => sentBytes / sent;
  const disk = line([
    [sizeOf(small), small.diskBytes / small.spans],
    [sizeOf(large), large.diskBytes / large.spans],
  ]);
  const time = line([
    [sizeOf(small), small.microseconds],
    [sizeOf(large), large.microseconds],
  ]);
  const size = sizeOf(other);
  return {
    now: [
      { name: 'badgerBytes', value: disk.start },
      { name: 'badgerBytesPerByte', value: disk.slope },
      { name: 'jaegerMicros', value: time.start },
      { name: 'jaegerMicrosPerByte', value: time.slope },
    ],
    comparisons: [
      inMega(
        compare(
          `badger, ${other.spans} spans of ${Math.round(size)} bytes`,
          'MB',
          other.spans * badgerBytes(size),
          other.diskBytes,
        ),
      ),
      compare('Jaeger, a span of them', 'µs', time.start + time.slope * size, other.microseconds),
    ],
    measured: { small, large, other },
  };
}

/** Some of the series of the bench of queries: every so many-th, so that all programs are among them. */
function series(count: number, from: number): readonly Series[] {
  const production = readManifests('dist/production');
  const all = benchSeries(prometheusFiles(production).intervals, []);
  const step = Math.floor(all.length / count);
  return all.filter((_, index) => index % step === from % step).slice(0, count);
}

/** Memory of Prometheus, and its log. */
export async function head(): Promise<Found> {
  const small = await measureHead(series(10_000, 0));
  const large = await measureHead(series(40_000, 0));
  const other = await measureHead(series(25_000, 1));
  const memory = line([
    [small.series, small.mib],
    [large.series, large.mib],
  ]);
  return {
    now: [
      { name: 'seriesBytes', value: memory.slope * 2 ** 20 },
      { name: 'prometheusMib', value: memory.start },
      { name: 'headBytes', value: mean([small, large].map(({ headBytes, samples }) => headBytes / samples)) },
    ],
    comparisons: [compare(`Prometheus, ${other.series} series`, 'MiB', headMemory(other.series) / 2 ** 20, other.mib)],
    measured: { small, large, other },
  };
}

/** Disk of samples. */
export async function blocks(): Promise<Found> {
  const usual = await measureBlocks(series(20_000, 0), 4, 15);
  const other = await measureBlocks(series(10_000, 1), 6, 30);
  return {
    now: [{ name: 'sampleBytes', value: usual.diskBytes / usual.samples }],
    comparisons: [
      inMega(
        compare(`blocks, ${other.samples} samples, one in 30 s`, 'MB', blockBytes(other.samples), other.diskBytes),
      ),
    ],
    measured: { usual, other },
  };
}

const compare = (what: string, unit: string, predicted: number, measured: number): Comparison => ({
  what,
  unit,
  predicted,
  measured,
});

const inMega = ({ predicted, measured, ...rest }: Comparison): Comparison => ({
  ...rest,
  predicted: predicted / 1e6,
  measured: measured / 1e6,
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
