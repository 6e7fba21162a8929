/**
 * What a load needs, as numbers: no units of Kubernetes, no settings. The bench predicts with these functions what it then measures, and
 * the environment's sizes are computed with the same ones.
 */
import { of } from './coefficients';

const MEBIBYTE = 2 ** 20;

/** Spans at one program. */
export interface Spans {
  readonly perSecond: number;
  /** Bytes of one as its SDK sends it. */
  readonly bytes: number;
}

/** Bytes of one span in the Collector's queue. */
export const queuedBytes = (spanBytes: number): number => spanBytes + of('queueBytesPerSpan');

/** Bytes that the queue holds after an outage. */
export const queueBytes = ({ perSecond, bytes }: Spans, seconds: number): number =>
  perSecond * seconds * queuedBytes(bytes);

/** Bytes of a queue's file. */
export const queueFileBytes = (queued: number): number => queued * of('queueFile') + of('queueFileStep');

/** Processor time in microseconds: of a span, of each byte of it, and of a request. It depends on the machine. */
export interface Micros {
  readonly span: number;
  readonly byte: number;
  readonly request: number;
}

/** The Collector's, as it was measured. */
const COLLECTOR: Micros = {
  span: of('collectorMicros'),
  byte: of('collectorMicrosPerByte'),
  request: of('collectorMicrosPerRequest'),
};

/** Jaeger's with badger, as it was measured. */
const JAEGER: Micros = { span: of('jaegerMicros'), byte: of('jaegerMicrosPerByte'), request: 0 };

/** Processor time of a program for a span, in microseconds. */
export const micros = ({ span, byte, request }: Micros, spanBytes: number, spansPerRequest: number): number =>
  span + byte * spanBytes + request / spansPerRequest;

/** Processor time of the Collector for a span, in microseconds. */
export const collectorMicros = (spanBytes: number): number => micros(COLLECTOR, spanBytes, of('spansPerRequest'));

/** Memory of a Collector, in bytes. */
export const collectorMemory = ({ perSecond, bytes }: Spans): number =>
  (of('collectorMib') + (of('collectorMibPerMegabyte') * perSecond * bytes) / 1e6) * MEBIBYTE;

/** Processor time of Jaeger with badger for a span, in microseconds. */
export const jaegerMicros = (spanBytes: number): number => micros(JAEGER, spanBytes, of('spansPerRequest'));

/** Bytes of a span in badger. */
export const badgerBytes = (spanBytes: number): number => of('badgerBytes') + of('badgerBytesPerByte') * spanBytes;

/** Memory of a Prometheus that answers no queries, in bytes. */
export const headMemory = (series: number): number => of('prometheusMib') * MEBIBYTE + of('seriesBytes') * series;

/** Bytes of blocks with as many samples. */
export const blockBytes = (samples: number): number => samples * of('sampleBytes');

/** Bytes of the write-ahead log and the head's chunks with as many samples. */
export const headBytes = (samples: number): number => samples * of('headBytes');

/** Spans a second that reach the busiest of several Collectors. */
export const busiest = (spansPerSecond: number, replicas: number): number =>
  replicas === 1 ? spansPerSecond : (spansPerSecond * of('skew')) / replicas;

/** Cores that one pod is planned to use. */
export const coresPlanned = (): number => of('coresPerPod') * of('busy');
