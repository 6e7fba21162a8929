/** What a real Jaeger with badger needs for the spans of a real Collector: disk, processor time and memory. */
import { until } from '../../lab/commands';
import { freeJaegerPorts, jaegerAddressesOf } from '../../lab/loopback-jaeger';
import { Running } from '../../lab/running';
import { sendSpans } from '../../lab/span-load';
import { acceptedSpans, type Sending, startCollector } from './collector-run';
import { rendered, renderedJaeger } from './collector-shapes';
import { diskBytes } from './disk';
import { costOf } from './process-cost';
import { endOf, peakDuring } from './process-peak';

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
  const [jaeger, collector] = [new Running(), new Running()];
  try {
    const ports = await freeJaegerPorts();
    const { config, env } = renderedJaeger();
    const files = [
      jaeger.write('config.yaml', config),
      jaeger.write('addresses.yaml', jaegerAddressesOf(ports, jaeger)),
    ];
    const args = files.map((file) => `--config=${file}`);
    await jaeger.start('jaeger', args, { ...env, POD_IP: '127.0.0.1' }, `http://127.0.0.1:${ports.health}/status`);
    const { endpoint } = await startCollector(collector, rendered(), `127.0.0.1:${ports.otlp}`);
    const written = async () => acceptedSpans(await (await fetch(`http://127.0.0.1:${ports.self}/metrics`)).text());
    const sending = sendSpans({ ...load, endpoint, seed: 1 });
    const mib = await peakDuring(jaeger, async () => {
      const { accepted } = await sending;
      await until(async () => (await written()) >= accepted, `${accepted} spans in Jaeger`, 600);
    });
    const sent = await sending;
    const cost = costOf(jaeger.pid);
    // Badger writes what it has in memory.
    await endOf(jaeger);
    return {
      spans: sent.accepted,
      sentBytes: sent.bytes,
      diskBytes: diskBytes(jaeger.path('keys')) + diskBytes(jaeger.path('values')),
      microseconds: cost.cpuMicroseconds / sent.accepted,
      mib,
    };
  } finally {
    await collector.stop();
    await jaeger.stop();
  }
}
