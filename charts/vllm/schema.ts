import * as z from 'zod';
import { pods } from '../common/model-server';

/** vLLM, which serves models on GPUs. */
export const schema = z
  .strictObject({
    ...pods('vLLM', 8000),
    version: z
      .string()
      .regex(/^[0-9]{1,3}\.[0-9]{1,3}(\.[0-9]{1,3})?$/)
      .meta({ 'x-allowed': 'a version of vLLM, without v', examples: ['0.11.2'] })
      .default('0.11.2')
      .describe('version of vLLM: metrics were renamed between versions'),
  })
  .nullable()
  .default(null)
  .describe('vLLM, whose metrics are scraped; null: none in this cluster');
