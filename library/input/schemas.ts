/** Schemas of the methods' arguments. */
import * as z from 'zod';
import { scrapeDuration } from '../../config/schema/common';
import { labels } from '../../config/schema/overrides';
import { dnsLabel, port } from '../../config/units';

/** Pods of a namespace. */
export const podsSchema = z.strictObject({ namespace: dnsLabel(), podLabels: labels.default({}) });

/** Pods that are scraped. */
export const targetSchema = z.strictObject({
  job: z
    .string()
    .regex(/^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/)
    .meta({ 'x-allowed': 'letters, digits, "-", "_" and ".", at most 63 characters', examples: ['shop'] }),
  namespace: dnsLabel(),
  podLabels: labels.refine((given) => Object.keys(given).length > 0, { error: 'at least one label' }),
  port: port(),
  path: z
    .string()
    .regex(/^\/[-\w./~]{0,200}$/)
    .optional()
    .meta({ 'x-allowed': 'a path that begins with /', examples: ['/metrics'] }),
  interval: scrapeDuration().optional(),
});
