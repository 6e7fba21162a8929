import * as z from 'zod';
import { type Checked, parseFile } from './parse';

const strategy = z.looseObject({
  type: z.enum(['probabilistic', 'ratelimiting']).describe('kind of sampling'),
  param: z.number().min(0).describe('probability from 0 to 1, or traces per second'),
});
const operationStrategy = z.looseObject({
  operation: z.string().min(1),
  type: z.enum(['probabilistic']),
  param: z.number().min(0).max(1),
});
const withOperations = strategy.extend({ operation_strategies: z.array(operationStrategy).optional() });

/** Jaeger's sampling strategies file (https://www.jaegertracing.io/docs/2.20/architecture/sampling/). */
const samplingSchema = z
  .strictObject({
    service_strategies: z.array(withOperations.extend({ service: z.string().min(1) })).optional(),
    default_strategy: withOperations.describe('for services without their own strategy'),
  })
  .describe('a sampling strategies file of Jaeger');

/** The content of a sampling strategies file. */
export type SamplingStrategies = z.output<typeof samplingSchema>;

/** Parses a sampling strategies file. */
export function readSampling(file: string, text: string): Checked<SamplingStrategies> {
  return parseFile(file, text, samplingSchema, (value) => ({ ok: true, value }));
}
