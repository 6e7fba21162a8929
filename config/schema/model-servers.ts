import { z } from 'zod';
import { dnsLabel, port } from '../units';
import { labels } from './overrides';

const pods = (what: string, otherwise: number) => ({
  namespace: dnsLabel().describe(`namespace of the pods of ${what}; it is never rendered or deleted`),
  podLabels: labels
    .refine((given) => Object.keys(given).length > 0)
    .meta({ 'x-allowed': 'at least one label', examples: [{ app: 'example' }] })
    .describe('labels of those pods'),
  port: port().default(otherwise).describe('container port that serves /metrics, from 1 to 65535'),
});

/** vLLM, which serves models on GPUs. */
export const vllm = z
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

/** NVIDIA's DCGM exporter. */
export const gpu = z
  .strictObject(pods("NVIDIA's DCGM exporter", 9400))
  .nullable()
  .default(null)
  .describe("NVIDIA's DCGM exporter, whose metrics of GPUs are scraped; null: none in this cluster");
