import { z } from 'zod';
import { dnsLabel, port } from '../units';

/** vLLM, which serves models on GPUs. */
export const vllm = z
  .strictObject({
    namespace: dnsLabel().describe('namespace of its pods'),
    podLabels: z.record(z.string().min(1), z.string()).describe('labels of its pods'),
    port: port().default(8000).describe('container port that serves /metrics, from 1 to 65535'),
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
