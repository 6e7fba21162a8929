import * as z from 'zod';
import { pods } from '../common/model-server';

/** NVIDIA's DCGM exporter. */
export const schema = z
  .strictObject(pods("NVIDIA's DCGM exporter", 9400))
  .nullable()
  .default(null)
  .describe("NVIDIA's DCGM exporter, whose metrics of GPUs are scraped; null: none in this cluster");
