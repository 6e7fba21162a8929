import * as z from 'zod';
import type { Immutable } from '../../config/immutable';
import { claim, resources } from '../../config/schema/common';
import { destination } from '../../config/schema/destination';
import { duration, integer, quantity, secretKey } from '../../config/units';

/**
 * Span attributes that become labels of the span metrics, in the stable HTTP conventions: the older ones, which Jan Server sends, are
 * converted. `http.url` and similar attributes are omitted on purpose: their cardinality is unbounded.
 */
const DIMENSIONS = ['http.route', 'http.request.method', 'http.response.status_code'];

/** The OpenTelemetry Collector. */
export const schema = z
  .strictObject({
    replicas: integer(1, 50)
      .default(1)
      .describe('pods, from 1 to 50; from 2 on a StatefulSet, each pod with a queue and a claim of its own'),
    metricsPath: z
      .enum(['scrape', 'otlp'])
      .default('scrape')
      .describe('scrape: Prometheus scrapes port 8889; otlp: pushed into Prometheus through the durable queue'),
    logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe("level of the Collector's own log"),
    debug: z
      .boolean()
      .default(false)
      .describe('true: all telemetry is printed to the log, payloads included; make monitor-dev sets it'),
    otlpMetrics: z
      .array(destination('store'))
      .max(4)
      .default([])
      .describe('stores that get every metric by OTLP over HTTP; the URL is the whole one, as …/v1/metrics'),
    queue: z
      .strictObject({
        size: quantity('16Mi', '1Ti')
          .default('1Gi')
          .describe('bytes that one exporter may hold on disk, from 16Mi to 1Ti'),
        storage: claim('5Gi', 'the queues'),
        syncWrites: z
          .boolean()
          .default(false)
          .describe(
            'true: each write is synced to disk, so that what is acknowledged survives a crash of the node; a fifth more processor time, and six syncs of the disk a request (docs/faults.md)',
          ),
        bridgedOutage: duration('5m', '24h')
          .default('2h')
          .describe('with metricsPath otlp: how late a metric may arrive and still be stored, from 5m to 24h'),
      })
      .prefault({})
      .describe('the durable queue before Jaeger (and, with metricsPath otlp, before Prometheus)'),
    spanMetrics: z
      .strictObject({
        dimensions: z
          .array(
            z
              .string()
              .regex(/^[a-z][a-z0-9_.]{0,62}$/)
              .meta({ 'x-allowed': 'a span attribute', examples: ['http.route'] }),
          )
          .max(16)
          .default(DIMENSIONS)
          .describe('span attributes that become labels: each multiplies the number of series'),
        cardinalityLimit: integer(100, 1_000_000)
          .default(2000)
          .describe(
            'series of one pod beyond which spans count into one overflow series, from 100 to 1000000; one pod with as many must fit into prometheus.limits.samples',
          ),
      })
      .prefault({})
      .describe('request rate, error rate and duration, computed from spans'),
    pii: z
      .enum(['none', 'hashed', 'full'])
      .default('hashed')
      .describe(
        "personal data in telemetry, in the words of Jan Server's TELEMETRY_PII_LEVEL: none: it is removed; hashed: each value is replaced by its SHA-256; full: it is kept",
      ),
    piiSaltSecret: secretKey()
      .nullable()
      .default(null)
      .describe(
        'key of a Secret with the salt for the hashes of personal data, 32 or more letters and digits; null: no salt, so that the hash of an IP address or of a sequential user id can be reversed by trying all values',
      ),
    resources: resources({ cpu: '200m', memory: '1Gi', ephemeralStorage: '256Mi' }),
  })
  .prefault({})
  .describe('the OpenTelemetry Collector');

/** This key of an environment, with all defaults. */
export type CollectorSettings = Immutable<z.output<typeof schema>>;
