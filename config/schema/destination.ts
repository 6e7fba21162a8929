import * as z from 'zod';
import type { Immutable } from '../immutable';
import { isCredentialHeader } from '../secrets';
import { cidr, dnsLabel, line, secretKey, url } from '../units';

/** The certificate authority of a server, unless it is a public one. */
export const caSecret = () =>
  secretKey()
    .nullable()
    .default(null)
    .describe("key of a Secret with the server's certificate authority; null: a public one");

/** A user name, and the key of a Secret that holds the password. */
export const basicAuth = () =>
  z
    .strictObject({ username: line(128).describe('user name'), passwordSecret: secretKey() })
    .nullable()
    .default(null);

/** Address range of a host outside the cluster. */
export const hostCidr = () =>
  cidr()
    .nullable()
    .default(null)
    .describe(
      'the address range of the host; null: any address but the metadata ones, or for a host of this cluster (name.namespace.svc) all pods of its namespace',
    );

const headers = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z0-9-]{1,64}$/)
      .refine((name) => !isCredentialHeader(name), {
        error: 'headers without credentials: what is written here can be read in dist/ and in a ConfigMap',
        params: {
          fix: 'remove this header, and put its value into a Secret: bearerTokenSecret, or passwordSecret of basicAuth',
        },
      })
      .meta({ 'x-allowed': 'the name of a header: letters, digits and "-"', examples: ['X-Scope-OrgID'] }),
    line(256),
  )
  .default({})
  .describe('headers of each request, as the tenant of a store; credentials belong into a Secret');

const access = {
  url: url().describe('an http:// or https:// URL without credentials'),
  cidr: hostCidr(),
  headers,
  basicAuth: basicAuth().describe('HTTP basic authentication; null: none'),
  bearerTokenSecret: secretKey().nullable().default(null).describe('bearer token; null: none'),
  caSecret: caSecret(),
};

const hasOneSecret = (entry: { readonly basicAuth: object | null; readonly bearerTokenSecret: object | null }) =>
  entry.basicAuth === null || entry.bearerTokenSecret === null;
const ONE_SECRET = { error: 'basicAuth or bearerTokenSecret, not both' };

/** A server that is queried over HTTP. */
export const server = () => z.strictObject(access).refine(hasOneSecret, ONE_SECRET);

/** A server that receives data over HTTP: a long-term store, an Alertmanager. */
export const destination = (what: string) =>
  z.strictObject({ name: dnsLabel().describe(`name of this ${what}`), ...access }).refine(hasOneSecret, ONE_SECRET);

/** A server that is queried over HTTP, with all defaults. */
export type Server = Immutable<z.output<ReturnType<typeof server>>>;
/** A server that receives data over HTTP, with all defaults. */
export type Destination = Immutable<z.output<ReturnType<typeof destination>>>;
