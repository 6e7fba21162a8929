import * as z from 'zod';

const TYPES = ['counter', 'gauge', 'histogram', 'native histogram', 'summary', 'info'] as const;
const label = z.string().regex(/^[a-zA-Z_]\w{0,62}$/);

const metric = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-zA-Z_:][\w:]{0,198}\*?$/)
      .meta({ 'x-allowed': 'the name of a metric, or the start of one and *', examples: ['shop_orders_total'] })
      .describe(
        'name in Prometheus, of a histogram or summary without _bucket, _sum and _count; with * at its end every name that begins so, of any type and with any label',
      ),
    type: z.enum(TYPES).optional().describe('type of the metric; needed unless the name ends in *'),
    labels: z
      .array(label.meta({ 'x-allowed': 'the name of a label', examples: ['status'] }))
      .max(60)
      .default([])
      .describe('its labels, without those of its target'),
    unit: z
      .string()
      .min(1)
      .max(40)
      .default('')
      .meta({ examples: ['seconds'] })
      .describe('what it counts or measures, in words'),
  })
  .refine(({ name, type }) => name.endsWith('*') || type !== undefined, {
    path: ['type'],
    message: `one of ${TYPES.join(', ')}; only a name that ends in * has none`,
  })
  .refine(({ name, type }) => !(type === 'histogram' || type === 'summary') || !/_(bucket|sum|count)$/.test(name), {
    path: ['name'],
    message: 'the name without _bucket, _sum or _count: a histogram or summary has these by itself',
  });

/** Metrics of the user's own services. */
export const metrics = z
  .array(metric)
  .max(2000)
  .default([])
  .describe(
    "metrics that your own services emit: `rules/*.yaml` and `dashboards/*.json` are checked against these and the stack's own",
  );
