import * as z from 'zod';
import type { Immutable } from '../immutable';
import { duration, integer } from '../units';

/** The load that the stack must carry; its sizes are computed from it. */
export const capacity = z
  .strictObject({
    spansPerSecond: integer(1, 100_000).describe(
      'spans a second of all senders in a busy hour, after the sampling of their SDKs, from 1 to 100000',
    ),
    spanBytes: integer(100, 65_536)
      .default(1000)
      .describe('bytes of an average span as its SDK sends it, uncompressed, from 100 to 65536'),
    series: integer(1000, 20_000_000).describe(
      'active series of one Prometheus, as prometheus_tsdb_head_series shows them, from 1000 to 20000000',
    ),
    bridgeOutage: duration('5m', '24h')
      .default('2h')
      .describe('how long Jaeger may be away without a loss of spans, from 5m to 24h'),
  })
  .nullable()
  .default(null)
  .describe(
    'the load: queues, claims, memory and retention that are not in the file are computed from it, and those that are in it must be large enough (docs/capacity.md); null: each key has its own default',
  );

/** This key of an environment, with all defaults. */
export type CapacitySettings = NonNullable<Immutable<z.output<typeof capacity>>>;
