import * as z from 'zod';
import type { Immutable } from '../../config/immutable';
import { basicAuth, caSecret, hostCidr } from '../../config/schema/destination';
import { dnsLabel, hostname, integer, line, port, url } from '../../config/units';

const search = {
  urls: z.array(url()).min(1).max(20).describe('http:// or https:// URLs of the cluster, all of one address range'),
  cidr: hostCidr(),
  basicAuth: basicAuth().describe('HTTP basic authentication; null: none'),
  caSecret: caSecret(),
  indexPrefix: dnsLabel().default('jaeger').describe('prefix of the names of the indices'),
  shards: integer(1, 100).default(3).describe('shards of each daily index, from 1 to 100'),
  replicas: integer(0, 5).default(1).describe('copies of each shard, from 0 to 5'),
  cleanupSchedule: z
    .string()
    .regex(/^[0-9*/,-]+( [0-9*/,-]+){4}$/)
    .meta({ 'x-allowed': 'a cron schedule of five fields, in UTC', examples: ['55 23 * * *'] })
    .default('15 0 * * *')
    .describe('when indices older than jaeger.ttl are deleted, a cron schedule in UTC'),
};

const cassandra = z.strictObject({
  type: z.literal('cassandra'),
  servers: z.array(hostname()).min(1).max(20).describe('host names of the cluster, all of one address range'),
  port: port().default(9042).describe('port of CQL, from 1 to 65535'),
  cidr: hostCidr(),
  basicAuth: basicAuth().describe('user of the keyspace; null: none'),
  tls: z.boolean().default(true).describe('whether the connection is encrypted'),
  caSecret: caSecret(),
  datacenter: line(64).default('dc1').describe('local datacenter, which also holds the replicas'),
  keyspace: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,47}$/)
    .meta({ 'x-allowed': 'the name of a keyspace', examples: ['jaeger'] })
    .default('jaeger')
    .describe('name of the keyspace'),
  createSchema: z.boolean().default(true).describe('whether Jaeger creates the keyspace and its tables'),
  replicationFactor: integer(1, 10).default(3).describe('copies of each row, from 1 to 10'),
});

/** Jaeger's storage. */
export const traceStore = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('badger') }),
    z.strictObject({ type: z.literal('opensearch'), ...search }),
    z.strictObject({ type: z.literal('elasticsearch'), ...search }),
    cassandra,
  ])
  .prefault({ type: 'badger' })
  .describe(
    'where spans are stored: badger is embedded in a single Jaeger pod, on its claim; the others are servers that several pods may write to',
  );

/** Jaeger's storage, with all defaults. */
export type TraceStore = Immutable<z.output<typeof traceStore>>;
