import * as z from 'zod';
import type { Immutable } from '../../config/immutable';
import { claim, resources } from '../../config/schema/common';
import { duration, integer } from '../../config/units';
import { kafka } from '../common/kafka-schema';
import { traceStore } from './store-schema';

/** Jaeger. */
export const schema = z
  .strictObject({
    store: traceStore,
    kafka,
    replicas: integer(1, 50)
      .default(1)
      .describe('pods that write spans, from 1 to 50; badger allows one, which also serves the UI'),
    query: z
      .strictObject({
        replicas: integer(1, 20).default(1).describe('pods, from 1 to 20'),
        resources: resources({ cpu: '100m', memory: '512Mi', ephemeralStorage: '256Mi' }),
      })
      .prefault({})
      .describe('the pods that serve the UI and its API, if the store is not badger'),
    ttl: duration('1h', '520w').default('7d').describe('how long spans are kept, from 1h to 520w'),
    storage: claim('10Gi', 'the spans, where the store is badger'),
    syncWrites: z
      .boolean()
      .default(false)
      .describe('with badger: true: each write is synced to disk, so that it survives a crash of the node; slower'),
    samplingStrategiesFile: z
      .string()
      .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[-\w./]{1,200}\.json$/)
      .meta({ 'x-allowed': 'path of a .json file inside the project', examples: ['sampling/development.json'] })
      .nullable()
      .default(null)
      .describe(
        'a .json file of sampling strategies inside the project, served to SDKs on ports 5778 and 5779; no Jan Server up to 2026-01 requests them; null: not served',
      ),
    monitor: z
      .boolean()
      .default(true)
      .describe('the Monitor tab: rates and latencies from the span metrics in Prometheus'),
    resources: resources({ cpu: '200m', memory: '1Gi', ephemeralStorage: '256Mi' }),
  })
  .prefault({})
  .describe('Jaeger');

/** This key of an environment, with all defaults. */
export type JaegerSettings = Immutable<z.output<typeof schema>>;
