import * as z from 'zod';
import type { Immutable } from '../../config/immutable';
import { claim } from '../../config/schema/common';
import { caSecret, hostCidr } from '../../config/schema/destination';
import { integer, line, secretKey, url } from '../../config/units';

const s3 = z.strictObject({
  type: z.literal('s3'),
  url: url().describe("URL of the S3 endpoint, as https://s3.eu-central-1.amazonaws.com; not the bucket's"),
  cidr: hostCidr(),
  caSecret: caSecret(),
  provider: z
    .string()
    .regex(/^[A-Za-z]{1,32}$/)
    .meta({ 'x-allowed': "a provider of rclone's s3 backend", examples: ['AWS', 'Minio', 'Ceph', 'Other'] })
    .default('Other')
    .describe("rclone's name of the provider"),
  region: line(64).default('us-east-1').describe('region of the bucket'),
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .meta({ 'x-allowed': 'the name of a bucket that exists', examples: ['backups'] })
    .describe('name of the bucket, which must exist'),
  folder: z
    .string()
    .regex(/^(?!\.{1,2}(\/|$))[\w.-]{1,100}(\/(?!\.{1,2}(\/|$))[\w.-]{1,100}){0,5}$/)
    .meta({ 'x-allowed': 'a path without a leading "/" and without "." and ".."', examples: ['observability'] })
    .default('observability')
    .describe(
      'folder in the bucket; in it, each environment and namespace has its own, so two clusters need two folders if these are the same',
    ),
  accessKeySecret: secretKey().describe('key of a Secret with the access key id'),
  secretKeySecret: secretKey().describe('key of a Secret with the secret access key'),
});

const destination = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('claim'),
      storage: claim('50Gi', 'the copies of one program; each program has a claim of its own'),
    }),
    s3,
  ])
  .prefault({ type: 'claim' })
  .describe('where the copies are stored: claim is a claim for each program, in the same cluster; s3 is a bucket');

/** Scheduled backups. */
export const schema = z
  .strictObject({
    schedule: z
      .string()
      .regex(/^[0-9*/,-]+( [0-9*/,-]+){4}$/)
      .meta({ 'x-allowed': 'a cron schedule of five fields, in UTC', examples: ['30 2 * * *'] })
      .nullable()
      .default(null)
      .describe('when Prometheus, Grafana and Alertmanager are copied, a cron schedule in UTC; null: never'),
    keep: integer(1, 400).default(7).describe('how many copies of each program are kept, from 1 to 400'),
    destination,
    encryption: z
      .strictObject({
        passwordSecret: secretKey().describe('key of a Secret with the password'),
        saltSecret: secretKey().describe('key of a Secret with the salt, a second password'),
      })
      .nullable()
      .default(null)
      .describe(
        "rclone's crypt encrypts the copies and their names. Without these two Secrets they cannot be read: keep them elsewhere too. null: not encrypted",
      ),
  })
  .prefault({})
  .describe('scheduled backups; docs/backup.md has what is in them');

/** This key of an environment, with all defaults. */
export type BackupSettings = Immutable<z.output<typeof schema>>;
