import * as z from 'zod';
import type { Immutable } from '../immutable';
import { duration } from '../units';

/** It is a label value of alerts, where braces would begin a template. */
const owner = () =>
  z
    .string()
    .regex(/^[A-Za-z0-9][\w .@/-]{0,63}$/)
    .meta({ 'x-allowed': 'letters, digits, spaces and "_.@/-", at most 64 characters', examples: ['observability'] });

const change = z
  .strictObject({
    enabled: z.boolean().default(true).describe('false: the alert is not rendered'),
    threshold: z
      .number()
      .nullable()
      .default(null)
      .describe("the threshold, in the alert's own unit and bounds (docs/alerts.md); null: its default"),
    for: duration('1m', '7d')
      .nullable()
      .default(null)
      .describe('how long the condition must hold before the alert fires; null: its default'),
    severity: z.enum(['critical', 'warning', 'info']).nullable().default(null).describe('null: its default'),
  })
  .describe('what differs from the default');

/** Alerts. */
export const alerts = z
  .strictObject({
    evaluatedBy: z
      .enum(['prometheus', 'grafana'])
      .default('prometheus')
      .describe(
        'prometheus: as rules of Prometheus, which sends to Alertmanager; grafana: as rules of Grafana, which sends to its contact points',
      ),
    runbookUrl: z
      .url({ protocol: /^https?$/ })
      .regex(/\/$/)
      .meta({
        'x-allowed': 'a URL that ends in a slash',
        examples: ['https://git.example.com/observability/docs/runbooks/'],
      })
      .nullable()
      .default(null)
      .describe("where docs/runbooks is published; null: the runbook pages of the stack's own Grafana"),
    owners: z
      .strictObject({
        platform: owner().default('platform').describe('the team that runs the stack and the cluster'),
        services: owner().default('services').describe('the team that runs the services'),
      })
      .prefault({})
      .describe("the label `owner` of alerts: names of your teams, for Alertmanager's routes"),
    rules: z
      .record(
        z
          .string()
          .regex(/^[A-Z][A-Za-z0-9]{2,63}$/)
          .meta({ 'x-allowed': 'the name of an alert', examples: ['CollectorQueueFills'] }),
        change,
      )
      .default({})
      .describe('changes to single alerts, by name; docs/alerts.md lists them'),
  })
  .prefault({})
  .describe('alerts');

/** The key `alerts` of an environment, with all defaults. */
export type AlertsSettings = Immutable<z.output<typeof alerts>>;
