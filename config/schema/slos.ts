import * as z from 'zod';
import type { Immutable } from '../immutable';
import { dnsLabel, line } from '../units';

/** Selectors whose rates are added up: a failed request may be counted in more than one place. */
const counters = () =>
  z
    .array(
      z
        .string()
        .min(1)
        .max(1000)
        .meta({
          'x-allowed': 'a counter in PromQL, with matchers and without a range',
          examples: ['traces_span_metrics_calls_total{service_name="shop",span_kind="SPAN_KIND_SERVER"}'],
        }),
    )
    .min(1)
    .max(10);

const ratio = z
  .strictObject({
    type: z.literal('ratio'),
    total: counters().describe('counters of all events'),
    bad: counters().nullable().default(null).describe('counters of the bad events; null: good names the good ones'),
    good: counters().nullable().default(null).describe('counters of the good events; null: bad names the bad ones'),
  })
  .refine(({ bad, good }) => (bad === null) !== (good === null), { error: 'bad or good, one of the two' });

const latency = z.strictObject({
  type: z.literal('latency'),
  histogram: z
    .string()
    .regex(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,199}$/)
    .meta({
      'x-allowed': 'the name of a histogram, without _bucket',
      examples: ['traces_span_metrics_duration_seconds'],
    })
    .describe('a classic histogram of durations in seconds'),
  matchers: z
    .string()
    .max(1000)
    .meta({ 'x-allowed': 'label matchers of PromQL, without braces', examples: ['service_name="shop"'] })
    .default('')
    .describe('which of its series count; empty: all'),
  seconds: z
    .number()
    .positive()
    .max(10_000)
    .meta({ 'x-allowed': 'the upper bound of one of the buckets, in seconds', examples: [0.5] })
    .describe('what takes longer is bad'),
});

const slo = z.strictObject({
  name: dnsLabel().describe('name of the objective: the label `slo` of its series'),
  description: line(200).describe('the promise to users; it is part of the alerts'),
  service: dnsLabel().describe('the service that makes the promise: the label `service` of its series'),
  objective: z
    .number()
    .gt(50)
    .lt(100)
    .meta({ 'x-allowed': 'more than 50 and less than 100', examples: [99.5] })
    .describe('share of good events that is promised, in percent'),
  window: z
    .enum(['7d', '28d', '30d', '90d'])
    .default('30d')
    .describe('period of the promise; prometheus.retention.time must be as long'),
  sampled: z
    .enum(['refused', 'accepted'])
    .default('refused')
    .describe(
      'where SDKs sample its spans: refused fails the synth, for it would judge a part of the requests; accepted marks its series and alerts with `sampled`',
    ),
  indicator: z.discriminatedUnion('type', [ratio, latency]).describe('what counts as an event, and as a bad one'),
});

/** Service level objectives. */
export const slos = z
  .array(slo)
  .max(200)
  .nullable()
  .default(null)
  .describe(
    'service level objectives: each becomes recording rules, burn-rate alerts and a row of the SLO dashboard; null: those for Jan Server and vLLM, where they are configured; []: none',
  );

/** A service level objective, complete. */
export type Slo = NonNullable<Immutable<z.output<typeof slos>>>[number];
