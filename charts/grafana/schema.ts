import * as z from 'zod';
import type { Immutable } from '../../config/immutable';
import { claim, email, publicUrl, resources } from '../../config/schema/common';
import { caSecret, hostCidr } from '../../config/schema/destination';
import {
  cidr,
  hostname,
  iniText,
  integer,
  line,
  port,
  secretKey,
  text,
  WITHOUT_INI_REFERENCE,
} from '../../config/units';
import { dashboards, prices } from './dashboards-schema';

const smtp = z.strictObject({
  host: hostname().describe('host name of the mail server'),
  port: port().default(587).describe('port of the mail server, from 1 to 65535'),
  user: iniText(128).nullable().default(null).describe('user name; null: no authentication'),
  passwordSecret: secretKey().nullable().default(null).describe('key of a Secret with the password; null: none'),
  fromAddress: email().describe('sender of the mails'),
  startTls: z
    .enum(['MandatoryStartTLS', 'OpportunisticStartTLS', 'NoStartTLS'])
    .default('MandatoryStartTLS')
    .describe("Grafana's startTLS_policy"),
  cidr: cidr()
    .nullable()
    .default(null)
    .describe('the address range of the mail server; null: any address but the metadata ones'),
});

const contactPointName = () => text(64).describe('name of the contact point, at most 64 characters');

/** Grafana copies it into a connection string without escaping, so a space would end it (pkg/services/sqlstore, database_config.go). */
const databaseName = () =>
  z
    .string()
    .regex(/^[\w@.-]{1,63}$/)
    .meta({ 'x-allowed': 'letters, digits and "_@.-", at most 63 characters', examples: ['grafana'] });

const contactPoint = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('slack'),
    name: contactPointName(),
    urlSecret: secretKey().describe('key of a Secret that holds the incoming webhook URL'),
  }),
  z.strictObject({
    type: z.literal('email'),
    name: contactPointName(),
    addresses: z.array(email()).min(1).max(50).describe('who gets the mail'),
  }),
]);

const database = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('sqlite') }),
    z.strictObject({
      type: z.literal('postgres'),
      host: hostname().describe('host name of the server'),
      port: port().default(5432).describe('port of the server, from 1 to 65535'),
      cidr: hostCidr(),
      name: databaseName().default('grafana').describe('name of the database'),
      user: databaseName().default('grafana').describe('name of the user'),
      passwordSecret: secretKey().describe(
        'key of a Secret with the password, which must not contain spaces, quotes or backslashes: Grafana does not escape its connection string',
      ),
      sslMode: z
        .enum(['verify-full', 'verify-ca', 'require', 'disable'])
        .default('verify-full')
        .describe("Grafana's ssl_mode"),
      caSecret: caSecret(),
    }),
  ])
  .prefault({ type: 'sqlite' })
  .describe('where users and settings are stored: sqlite is a file on the claim of a single Grafana pod');

/** Grafana. */
export const schema = z
  .strictObject({
    replicas: integer(1, 10).default(1).describe('pods, from 1 to 10; two or more need database.type postgres'),
    database,
    secretKey: secretKey()
      .nullable()
      .default(null)
      .describe(
        'the key that encrypts stored credentials, the same for all pods; null: generated once, on the claim of a single Grafana pod',
      ),
    rootUrl: publicUrl('http://localhost:3001/').describe(
      'the address that people open, an http:// or https:// URL that ends in a slash; https makes cookies secure',
    ),
    admin: z
      .strictObject({
        secretName: z
          .string()
          .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/)
          .meta({ 'x-allowed': 'the name of a Secret', examples: ['grafana-admin'] })
          .default('grafana-admin')
          .describe('a Secret with the keys admin-user and admin-password; without it, a password is generated once'),
        user: line(64)
          .regex(WITHOUT_INI_REFERENCE)
          .default('admin')
          .describe('name of the administrator if the Secret has none'),
      })
      .prefault({})
      .describe('the administrator'),
    plugins: z
      .array(
        z
          .string()
          .regex(/^[a-z0-9]+(-[a-z0-9]+)+@[0-9]+\.[0-9]+\.[0-9]+([-.][0-9A-Za-z.-]+)?$/)
          .meta({ 'x-allowed': 'a plugin with its version: id@version', examples: ['grafana-clock-panel@2.1.8'] }),
      )
      .max(50)
      .default([])
      .describe('plugins to install from grafana.com, each with its version'),
    smtp: smtp.nullable().default(null).describe('the mail server for alerts; null: none'),
    contactPoints: z
      .array(contactPoint)
      .max(50)
      .default([])
      .describe('where Grafana sends its alerts; the first one is the default route'),
    folder: text(64)
      .default('Jan Server')
      .describe('the folder of the dashboards; the runbook pages are in a folder of this name with "runbooks" added'),
    dashboards,
    prices,
    storage: claim('2Gi', 'users, settings and plugins'),
    // Since Grafana 13 each datasource plugin in the image is a separate process, whether it is used or not.
    resources: resources({ cpu: '100m', memory: '1Gi', ephemeralStorage: '256Mi' }),
  })
  .prefault({})
  .describe('Grafana');

/** This key of an environment, with all defaults. */
export type GrafanaSettings = Immutable<z.output<typeof schema>>;
