import * as z from 'zod';
import type { Immutable } from '../../config/immutable';
import { claim, resources, scrapeDuration } from '../../config/schema/common';
import { destination, server } from '../../config/schema/destination';
import { duration, integer, quantity } from '../../config/units';

/** Prometheus. */
export const schema = z
  .strictObject({
    replicas: integer(1, 3)
      .default(1)
      .describe('pods, from 1 to 3; from 2 on a StatefulSet, each pod scrapes everything and has a claim of its own'),
    replicaLabel: z
      .string()
      .regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,62}$/)
      .meta({ 'x-allowed': 'the name of a label', examples: ['__replica__'] })
      .default('prometheus_replica')
      .describe(
        'with two or more: the external label that identifies the replica, as the store expects it; Mimir takes __replica__',
      ),
    scrapeInterval: scrapeDuration().default('15s').describe('global scrape interval, from 1s to 2m'),
    evaluationInterval: scrapeDuration().default('15s').describe('how often rules are evaluated, from 1s to 2m'),
    retention: z
      .strictObject({
        time: duration('2h', '520w').default('30d').describe('how long samples are kept, from 2h to 520w'),
        size: quantity('128Mi', '64Ti')
          .default('10Gi')
          .describe('how many bytes of blocks are kept, from 128Mi to 64Ti'),
      })
      .prefault({})
      .describe('whichever is reached first removes the oldest block'),
    storage: claim('15Gi', 'the time series'),
    limits: z
      .strictObject({
        samples: integer(100, 10_000_000).default(100_000).describe('samples in one scrape, from 100 to 10000000'),
        labels: integer(4, 200).default(60).describe('labels on one sample, from 4 to 200'),
        bodySize: quantity('64Ki', '1Gi').default('64Mi').describe('size of one response, from 64Ki to 1Gi'),
      })
      .prefault({})
      .describe("limits of one scrape of the stack's own programs"),
    remoteWrite: z
      .array(destination('remote write'))
      .max(8)
      .default([])
      .describe('long-term stores that get every sample by remote write'),
    query: server()
      .nullable()
      .default(null)
      .describe(
        'the store that Grafana queries instead of Prometheus, by its Prometheus API, as https://mimir.example.com/prometheus; with several replicas, one that deduplicates their series; its password or token must not contain a dollar sign, which Grafana reads as the start of a variable; null: Prometheus itself',
      ),
    alertmanagers: z
      .array(destination('Alertmanager'))
      .max(8)
      .default([])
      .describe('Alertmanagers outside the stack that also get every alert; list each member of a cluster'),
    resources: resources({ cpu: '200m', memory: '2Gi', ephemeralStorage: '256Mi' }),
  })
  .prefault({})
  .describe('Prometheus');

/** This key of an environment, with all defaults. */
export type PrometheusSettings = Immutable<z.output<typeof schema>>;
