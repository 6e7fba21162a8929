/** Requests of metrics by OTLP: each sample has a number that no other sample has, which is its value. */
import type { ExportRequest } from './sender';

/** The metric's name in Prometheus. */
export const METRIC = 'faults_sample';

/** Samples of one request. */
const SAMPLES = 10;
/** Series that take turns, as many as requests at the same time, so that the samples of each stay in order. */
const SERIES = 8;

/** What differs from the usual samples. */
export interface MetricOptions {
  /** Milliseconds added to the clock. @default 0 */
  readonly skew?: number;
  /** Name of the service. @default faults */
  readonly service?: string;
}

/** Makes requests: each has samples of one series. */
export function metricRequests({ skew = 0, service = 'faults' }: MetricOptions = {}): () => ExportRequest {
  let made = 0;
  let number = 0;
  const last = new Map<number, number>();
  return () => {
    const series = made++ % SERIES;
    // Each sample of a series needs a time of its own.
    const start = Math.max(Date.now() + skew - SAMPLES, (last.get(series) ?? 0) + 1);
    last.set(series, start + SAMPLES - 1);
    const numbers = Array.from({ length: SAMPLES }, () => ++number);
    const dataPoints = numbers.map((value, index) => ({
      asDouble: value,
      timeUnixNano: `${start + index}000000`,
      attributes: [{ key: 'series', value: { stringValue: `${series}` } }],
    }));
    const resource = {
      attributes: [
        { key: 'service.name', value: { stringValue: service } },
        { key: 'service.instance.id', value: { stringValue: `${service}-1` } },
      ],
    };
    return {
      ids: numbers.map(String),
      body: JSON.stringify({
        resourceMetrics: [{ resource, scopeMetrics: [{ metrics: [{ name: METRIC, gauge: { dataPoints } }] }] }],
      }),
    };
  };
}
