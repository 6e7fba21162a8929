import * as z from 'zod';
import type { Immutable } from '../../config/immutable';
import { scrapeDuration } from '../../config/schema/common';
import { dnsLabel, integer, port, quantity } from '../../config/units';

/**
 * The services that Jan Server's chart runs, with the ports that serve `/metrics` (janhq/server, 2026-01, infra/k8s/jan-server). Its
 * memory-tools (port 8090) is not in that chart: an installation that runs it adds it here.
 */
const JAN_SERVICES = [
  { name: 'llm-api', port: 8080 },
  { name: 'mcp-tools', port: 8091 },
  { name: 'response-api', port: 8082 },
  { name: 'media-api', port: 8285 },
  { name: 'realtime-api', port: 8186 },
] as const;

const service = z.strictObject({
  name: dnsLabel().describe('value of the label app.kubernetes.io/component, and of the `job` label of its metrics'),
  port: port().describe('container port that serves /metrics, from 1 to 65535'),
  service: dnsLabel()
    .nullable()
    .default(null)
    .describe('name of its Service, for static discovery; null: the application name, a dash and the name'),
});

/** The settings of Jan Server, or of another platform with the same labels. */
export const schema = z
  .strictObject({
    namespace: dnsLabel().default('jan-server').describe('the namespace of its pods; it is never rendered or deleted'),
    application: dnsLabel()
      .default('jan-server')
      .describe('value of the label app.kubernetes.io/name on its Services and pods'),
    discovery: z
      .enum(['kubernetes', 'static'])
      .default('kubernetes')
      .describe('kubernetes: find the pods by endpoint slices; static: scrape the Services by their DNS names'),
    scrapeInterval: scrapeDuration().default('10s').describe('how often its services are scraped, from 1s to 2m'),
    services: z
      .array(service)
      .max(2000)
      .default(JAN_SERVICES.map((entry) => ({ ...entry, service: null })))
      .describe(
        'the services to scrape, up to 2000; four alerts name all of them in one object of at most 200 KiB, which about 1800 names of 12 letters fill',
      ),
    limits: z
      .strictObject({
        samples: integer(100, 1_000_000)
          .default(20_000)
          .describe('samples in one scrape of one pod, from 100 to 1000000'),
        labels: integer(4, 200).default(40).describe('labels on one sample, from 4 to 200'),
        bodySize: quantity('64Ki', '256Mi').default('16Mi').describe('size of one response, from 64Ki to 256Mi'),
      })
      .prefault({})
      .describe('a scrape beyond a limit fails as a whole, so that a cardinality accident cannot fill the disk'),
  })
  .nullable()
  .prefault({})
  .describe('where Jan Server runs; null: no Jan Server in this cluster');

/** This key of an environment, with all defaults. */
export type JanServerSettings = Immutable<z.output<typeof schema>>;
