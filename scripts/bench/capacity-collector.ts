/** What a real Collector needs: on disk while nothing takes its spans, and of processor time and memory while they flow. */
import { freePort } from '../../lab/free-port';
import { Running } from '../../lab/running';
import { sendSpans } from '../../lab/span-load';
import { measureCollector, type Sending, type Sink, startCollector } from './collector-run';
import { rendered } from './collector-shapes';
import { diskBytes } from './disk';
import { anonymousMib } from './process-cost';

/** A queue whose target is away. */
export interface Backlog {
  readonly spans: number;
  /** Bytes of the requests. */
  readonly sentBytes: number;
  /** Bytes in the queue, by its own count. */
  readonly queuedBytes: number;
  /** Bytes of its file. */
  readonly fileBytes: number;
  /** Memory that is not a copy of a file, in MiB. */
  readonly mib: number;
}

/** A metric of a Collector, added up over its series of the exporter of spans. @throws Error if there is none */
function gauge(metrics: string, name: string): number {
  const values = [...metrics.matchAll(new RegExp(`^${name}\\{.*exporter="otlp_http/jaeger".*\\} (\\S+)$`, 'gm'))];
  if (values.length === 0) throw new Error(`the Collector has no ${name}`);
  return values.reduce((sum, [, value]) => sum + Number(value), 0);
}

/** Fills a queue, and looks at it. @throws Error if a span was refused */
export async function measureBacklog(load: Sending): Promise<Backlog> {
  const running = new Running();
  try {
    const shape = rendered('collector: {queue: {size: 8Gi, storage: 100Gi}}');
    const { endpoint, metrics } = await startCollector(running, shape, `127.0.0.1:${await freePort()}`);
    const sent = await sendSpans({ ...load, endpoint, seed: 1 });
    if (sent.accepted !== load.total) throw new Error(`spans were refused: ${JSON.stringify(sent.refused)}`);
    const text = await (await fetch(metrics)).text();
    return {
      spans: sent.sent,
      sentBytes: sent.bytes,
      queuedBytes: gauge(text, 'otelcol_exporter_queue_size'),
      fileBytes: diskBytes(running.path('queue')),
      mib: anonymousMib(running.pid),
    };
  } finally {
    await running.stop();
  }
}

/** Processor time and memory while spans flow, with the default configuration. */
export const measureFlow = (sink: Sink, load: Sending, seed: number) => measureCollector(rendered(), sink, seed, load);
