import * as z from 'zod';
import { DASHBOARD_UIDS, type DashboardUid } from '../../lib/dashboard-uids';

/** Currencies that Grafana has a unit for, by their ISO 4217 codes (packages/grafana-data, valueFormats/categories). */
const CURRENCIES = [
  'USD',
  'EUR',
  'GBP',
  'JPY',
  'CHF',
  'INR',
  'IDR',
  'KRW',
  'VND',
  'PHP',
  'MYR',
  'BRL',
  'TRY',
  'ZAR',
] as const;

const price = (of: string) =>
  z.number().min(0).max(1_000_000).describe(`price of a million ${of} tokens, from 0 to 1000000`);

const shown = () =>
  z
    .strictObject({
      enabled: z.boolean().default(true).describe('whether this dashboard is rendered, if its metrics have a source'),
    })
    .prefault({});

const UIDS: readonly DashboardUid[] = Object.values(DASHBOARD_UIDS);

/** Which of the stack's dashboards are rendered, by uid. */
export const dashboards = z
  .strictObject(Object.fromEntries(UIDS.map((uid) => [uid, shown()])) as Record<DashboardUid, ReturnType<typeof shown>>)
  .prefault({});

/** What tokens cost. */
export const prices = z
  .strictObject({
    currency: z.enum(CURRENCIES).default('USD').describe('currency of the prices'),
    models: z
      .array(
        z.strictObject({
          model: z
            .string()
            .regex(/^[A-Za-z0-9][\w./:@+-]{0,127}$/)
            .meta({ 'x-allowed': 'the name of a model, as spans have it', examples: ['janhq/Jan-v1-4B'] })
            .describe('name of the model, as `gen_ai_request_model` has it'),
          inputPerMillion: price('input'),
          outputPerMillion: price('output'),
        }),
      )
      .max(50)
      .refine((models) => new Set(models.map(({ model }) => model)).size === models.length, {
        message: 'each model once',
      })
      .default([])
      .describe('models with a price; a model without one has no cost on the dashboard, which is not a cost of 0'),
  })
  .prefault({})
  .describe('what tokens cost, for the dashboard of LLM serving');
