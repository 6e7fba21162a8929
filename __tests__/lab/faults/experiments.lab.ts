/** Experiments can fail: with settings that lose data, they find what is lost. */
import type { CollectorConfig } from '../../../lab/collector-config';
import { crash, inFastMotion, outage } from '../../../lab/faults/spans/outages';

/** Retries that end, as they do by default. */
const givingUp = (config: CollectorConfig): CollectorConfig =>
  inFastMotion({
    ...config,
    exporters: Object.fromEntries(
      Object.entries(config.exporters).map(([name, settings]) => {
        const { retry_on_failure, ...others } = settings as { retry_on_failure?: object };
        if (retry_on_failure === undefined) return [name, settings];
        const { max_elapsed_time, ...retry } = retry_on_failure as { max_elapsed_time?: string };
        return [name, { ...others, retry_on_failure: retry }];
      }),
    ),
  });

/** A processor that acknowledges what it keeps in memory. */
const batching = (config: CollectorConfig): CollectorConfig => {
  const { traces } = config.service.pipelines;
  if (traces === undefined) throw new Error('no pipeline of spans');
  return {
    ...config,
    processors: { ...config.processors, batch: { timeout: '10s', send_batch_size: 100_000 } },
    service: {
      ...config.service,
      pipelines: {
        ...config.service.pipelines,
        traces: { ...traces, processors: [...(traces.processors ?? []), 'batch'] },
      },
    },
  };
};

test('retries that end after 300 s lose spans, and F3 finds them', async () => {
  const { acked, lost, failures } = await outage(17, { patched: givingUp });
  expect(lost).toBeGreaterThan(0);
  expect(lost).toBeLessThan(acked);
  expect(failures).toContain('not met: nothing acknowledged is lost');
  expect(failures).toContain('not met: send_failed is 0');
});

test('a batch processor loses spans when the Collector is killed, and F2 finds them', async () => {
  const { lost, failures } = await crash(3, { patched: batching });
  expect(lost).toBeGreaterThan(0);
  expect(failures).toContain('not met: nothing acknowledged is lost');
});
