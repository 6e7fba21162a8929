/** Data that is written before the upgrades, and read after each. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { CONTEXT, until } from '../../cluster/cluster';
import { jaegerIn, prometheusIn } from '../apis';
import { NAMESPACE } from './stack';

const TRACE = randomBytes(16).toString('hex');
const SERVICE = `upgrades-${TRACE.slice(0, 6)}`;
const jaeger = jaegerIn(NAMESPACE);
const prometheus = prometheusIn(NAMESPACE);

/** Sends a span to the Collector, through the API server. It is counted too, which makes a sample. */
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
  const path = `/api/v1/namespaces/${NAMESPACE}/services/otel-collector:4318/proxy/v1/traces`;
  await throughProxy(async (server) => {
    const headers = { 'content-type': 'application/json' };
    const post = () => fetch(`${server}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    // A Collector that has just started has no endpoint for a moment: the API server then answers 503.
    await until(async () => (await post()).status === 200, 'the Collector to accept the span');
  });
}

/** `kubectl create --raw` cannot set a content type; `kubectl proxy` passes on that of the request. */
async function throughProxy(work: (server: string) => Promise<void>): Promise<void> {
  const proxy = spawn('kubectl', ['--context', CONTEXT, 'proxy', '--port=0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(proxy.stdout, 'data')) as [Buffer];
    await work(`http://${/127\.0\.0\.1:\d+/.exec(line.toString())?.[0]}`);
  } finally {
    proxy.kill();
  }
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
