import * as z from 'zod';
import type { Immutable } from '../../config/immutable';
import { claim, email, publicUrl, resources } from '../../config/schema/common';
import { caSecret, hostCidr } from '../../config/schema/destination';
import { isCredential } from '../../config/secrets';
import { dnsLabel, duration, hostname, integer, line, port, secretKey, url } from '../../config/units';

/** A URL in the environment file, or the key of a Secret if the URL is a credential. */
const address = {
  url: url()
    .refine((text) => !isCredential(text), {
      error: 'a URL that is not itself a credential: it can be read in dist/ and in a ConfigMap',
      params: { fix: 'put the URL into a Secret, and write urlSecret: {name, key}' },
    })
    .nullable()
    .default(null)
    .describe('the URL that it posts to; null: urlSecret names it'),
  urlSecret: secretKey()
    .nullable()
    .default(null)
    .describe('key of a Secret with the URL, if the URL is a credential; null: url names it'),
  port: port().default(443).describe('the port of the URL in urlSecret, for the egress rule, from 1 to 65535'),
  cidr: hostCidr(),
};

const isEither = (entry: { readonly url: string | null; readonly urlSecret: object | null }) =>
  (entry.url === null) !== (entry.urlSecret === null);
const EITHER = { error: 'url or urlSecret, one of the two' };

const name = () => dnsLabel().describe('name of this receiver, as routes refer to it');

const receiver = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('email'),
    name: name(),
    host: hostname().describe('host name of the mail server'),
    port: port().default(587).describe('port of the mail server, from 1 to 65535; on 465 TLS comes first'),
    cidr: hostCidr(),
    from: email().describe('sender of the mails'),
    to: z.array(email()).min(1).max(50).describe('who gets the mail'),
    user: line(128).nullable().default(null).describe('user name; null: no authentication'),
    passwordSecret: secretKey().nullable().default(null).describe('key of a Secret with the password; null: none'),
    requireTls: z.boolean().default(true).describe('false: mail is sent even if the server has no TLS'),
  }),
  z.strictObject({
    type: z.literal('slack'),
    name: name(),
    urlSecret: secretKey().describe('key of a Secret that holds the incoming webhook URL'),
    channel: z
      .string()
      .regex(/^[#@][\p{L}\p{N}._-]{1,80}$/u)
      .meta({ 'x-allowed': 'a channel with #, or a person with @', examples: ['#alerts'] })
      .nullable()
      .default(null)
      .describe('channel; null: the one that the webhook was created for'),
  }),
  z
    .strictObject({
      type: z.literal('webhook'),
      name: name(),
      ...address,
      tokenSecret: secretKey().nullable().default(null).describe('key of a Secret with a bearer token; null: none'),
      caSecret: caSecret(),
    })
    .refine(isEither, EITHER),
  z.strictObject({
    type: z.literal('pagerduty'),
    name: name(),
    routingKeySecret: secretKey().describe('key of a Secret with the integration key of the Events API v2'),
  }),
]);

const receiverNames = () => z.array(dnsLabel()).max(50);

const routes = z
  .strictObject({
    critical: receiverNames().nullable().default(null).describe('receivers of critical alerts; null: the first one'),
    warning: receiverNames()
      .nullable()
      .default(null)
      .describe('receivers of warnings, and of alerts without one of the three severities; null: the first one'),
    info: receiverNames().default([]).describe('receivers of info alerts'),
  })
  .prefault({})
  .describe('receivers by severity');

const deadMansSwitch = z
  .strictObject({
    ...address,
    interval: duration('1m', '1h').default('1m').describe('how often the heartbeat is sent, from 1m to 1h'),
  })
  .refine(isEither, EITHER);

const label = z
  .string()
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,62}$/)
  .meta({ 'x-allowed': 'the name of a label', examples: ['alertname'] });

/** Alertmanager. */
export const schema = z
  .strictObject({
    enabled: z.boolean().default(true).describe('false: no Alertmanager of our own'),
    replicas: integer(1, 5)
      .default(1)
      .describe(
        'pods, from 1 to 5; two or more gossip so that each notification is sent once, each with a claim of its own',
      ),
    externalUrl: publicUrl('http://localhost:9093/').describe(
      'the address that people open, an http:// or https:// URL that ends in a slash: notifications link to it',
    ),
    receivers: z.array(receiver).max(50).default([]).describe('where notifications can be sent'),
    routes,
    deadMansSwitch: deadMansSwitch
      .nullable()
      .default(null)
      .describe('a service that raises the alarm when it no longer hears from this stack; null: none'),
    groupBy: z
      .array(label)
      .min(1)
      .max(10)
      .default(['alertname', 'job', 'slo'])
      .describe('labels by which alerts are grouped into one notification'),
    groupWait: duration('1s', '1h').default('30s').describe('how long a new group waits for more, from 1s to 1h'),
    groupInterval: duration('10s', '24h')
      .default('5m')
      .describe('how long until a changed group is sent again, from 10s to 24h'),
    repeatInterval: duration('1m', '4w')
      .default('4h')
      .describe('how long until an unchanged group is sent again, from 1m to 4w'),
    retention: duration('1h', '52w').default('120h').describe('how long silences and notifications are kept'),
    storage: claim('1Gi', 'silences and the log of notifications'),
    resources: resources({ cpu: '50m', memory: '128Mi', ephemeralStorage: '64Mi' }),
  })
  .prefault({})
  .describe('Alertmanager: groups alerts, inhibits those that follow from another one, and sends notifications');

/** This key of an environment, with all defaults. */
export type AlertmanagerSettings = Immutable<z.output<typeof schema>>;
