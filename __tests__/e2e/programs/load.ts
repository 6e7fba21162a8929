/**
 * A service that is traced by a real OpenTelemetry SDK while the Collector restarts: RATE spans a second for SECONDS, to ENDPOINT,
 * each with an attribute of BYTES.
 * Prints how many were ended, given to the exporter, and acknowledged. Each span is a trace of its own, of service RUN.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { exportersFor, type Protocol } from './exporters';
import { providerOf } from './jan-trace';
import { run } from './run';

/** Counts what the receiver has acknowledged. ExportResultCode.SUCCESS is 0. */
class CountingExporter implements SpanExporter {
  readonly acknowledged: string[] = [];
  refused = 0;

  constructor(private readonly inner: SpanExporter) {}

  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
    this.inner.export(spans, (result) => {
      if (result.code === 0) this.acknowledged.push(...spans.map((span) => span.spanContext().traceId));
      else this.refused += spans.length;
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.inner.shutdown();
  }
}

async function main(): Promise<void> {
  const { ENDPOINT = '', PROTOCOL = 'protobuf', RUN = '', RATE = '50', SECONDS = '30', BYTES = '0' } = process.env;
  const exporter = new CountingExporter(exportersFor(PROTOCOL as Protocol, ENDPOINT).spans);
  const processor = new BatchSpanProcessor(exporter, { scheduledDelayMillis: 500, maxQueueSize: 100_000 });
  const tracer = providerOf(RUN, [processor]).getTracer('load');
  const attributes = BYTES === '0' ? {} : { 'db.statement': 'x'.repeat(Number(BYTES)) };
  console.error('sending');
  let ended = 0;
  const until = Date.now() + Number(SECONDS) * 1000;
  while (Date.now() < until) {
    tracer.startSpan('load', { attributes }).end();
    ended++;
    await sleep(1000 / Number(RATE));
  }
  // Both fail where a batch was refused, which the exporter has counted.
  await processor.forceFlush().catch(() => undefined);
  await processor.shutdown().catch(() => undefined);
  process.stdout.write(
    `${JSON.stringify({ ended, refused: exporter.refused, acknowledged: exporter.acknowledged })}\n`,
  );
}

run(main);
