/** Data that is written before the upgrades, and read after each. */
import { randomBytes } from 'node:crypto';
import { until } from '../../cluster/cluster';
import { jaegerIn, post, prometheusIn } from '../apis';
import { NAMESPACE } from './stack';

const TRACE = randomBytes(16).toString('hex');
const SERVICE = `upgrades-${TRACE.slice(0, 6)}`;
const jaeger = jaegerIn(NAMESPACE);
const prometheus = prometheusIn(NAMESPACE);

/** Sends a span to the Collector. It is counted too, which makes a sample. */
async function send(): Promise<void> {
  const now = BigInt(Date.now()) * 1_000_000n;
  const span = {
    traceId: TRACE,
    spanId: randomBytes(8).toString('hex'),
    name: 'before',
    kind: 2,
    startTimeUnixNano: `${now - 1_000_000n}`,
    endTimeUnixNano: `${now}`,
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: SERVICE } }] };
  const body = { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] };
  await post({ namespace: NAMESPACE, service: 'otel-collector', port: 4318 }, '/v1/traces', body);
}

const isStored = async () => (await jaeger.trace(TRACE)) !== null;
const samples = () =>
  prometheus.value(`max(max_over_time(traces_span_metrics_calls_total{service_name="${SERVICE}"}[1h]))`);

/** Writes a trace and a sample, and waits until both are stored. */
export async function writeData(): Promise<void> {
  await send();
  await until(isStored, 'the trace to be stored');
  await until(async () => (await samples().catch(() => null)) === 1, 'the sample to be stored');
}

/** Both must still be there. A program that was just replaced may need a moment. */
export async function dataIsThere(): Promise<void> {
  await until(isStored, 'the trace to be found again');
  await until(async () => (await samples().catch(() => null)) === 1, 'the sample to be found again');
}
