/** What a real Jaeger with badger needs for the spans of a real Collector: disk, processor time and memory. */
import { until } from '../../lab/commands';
import { jaegerOf } from '../../lab/jaeger';
import { Running } from '../../lab/running';
import { sendSpans } from '../../lab/span-load';
import { acceptedSpans, type Sending, startCollector } from './collector-run';
import { rendered } from './collector-shapes';
import { diskBytes } from './disk';
import { costOf } from './process-cost';
import { peakDuring } from './process-peak';

/** What was stored, and with what. */
export interface Stored {
  readonly spans: number;
  /** Bytes of the requests that the Collector got. */
  readonly sentBytes: number;
  /** Bytes of badger's files after Jaeger has ended. */
  readonly diskBytes: number;
  /** Processor time of Jaeger for a span, in microseconds. */
  readonly microseconds: number;
  /** The most memory that was not a copy of a file, in MiB. Badger maps its files. */
  readonly mib: number;
}

/** Stores spans. @throws Error if not all are stored within ten minutes */
export async function measureStore(load: Sending): Promise<Stored> {
  const collector = new Running();
  const jaeger = await jaegerOf();
  try {
    await jaeger.start();
    const { endpoint } = await startCollector(collector, rendered(), jaeger.address);
    const written = async () => acceptedSpans(await (await fetch(`http://127.0.0.1:${jaeger.metrics}/metrics`)).text());
    const sending = sendSpans({ ...load, endpoint, seed: 1 });
    const mib = await peakDuring(jaeger.running, async () => {
      const { accepted } = await sending;
      await until(async () => (await written()) >= accepted, `${accepted} spans in Jaeger`, 600);
    });
    const sent = await sending;
    const cost = costOf(jaeger.running.pid);
    // Badger writes what it has in memory.
    await jaeger.end();
    return {
      spans: sent.accepted,
      sentBytes: sent.bytes,
      diskBytes: diskBytes(jaeger.data),
      microseconds: cost.cpuMicroseconds / sent.accepted,
      mib,
    };
  } finally {
    await collector.stop();
    await jaeger.stop();
  }
}
