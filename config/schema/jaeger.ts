import { z } from 'zod';
import { duration } from '../units';
import { claim, resources } from './common';

/** Jaeger. */
export const jaeger = z
  .strictObject({
    ttl: duration('1h', '520w').default('7d').describe('how long spans are kept, from 1h to 520w'),
    storage: claim('10Gi', 'the spans'),
    syncWrites: z
      .boolean()
      .default(false)
      .describe('true: each write waits for the disk, so that not even a crash of the machine loses it; slower'),
    samplingStrategiesFile: z
      .string()
      .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[-\w./]{1,200}\.json$/)
      .meta({ 'x-allowed': 'path of a .json file inside the project', examples: ['sampling/development.json'] })
      .nullable()
      .default(null)
      .describe(
        'a .json file of sampling strategies inside the project, served to SDKs on ports 5778 and 5779; null: not served',
      ),
    monitor: z
      .boolean()
      .default(true)
      .describe('the Monitor tab: rates and latencies from the span metrics in Prometheus'),
    resources: resources({ cpu: '200m', memory: '1Gi', ephemeralStorage: '256Mi' }),
  })
  .prefault({})
  .describe('Jaeger');
