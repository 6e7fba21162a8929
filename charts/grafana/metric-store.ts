import type { Config } from '../../config/load';
import type { Server } from '../../config/schema';
import { connectOutside, hostOf } from '../../lib/endpoint';
import type { Mount } from '../../lib/mount';
import type { ComponentParty, Topology } from '../../lib/topology';
import { type Access, accessMounts, accessOf } from '../access';
import { Expansion, SECRETS_PATH } from './values';

const accessOfQuery = (server: Server): Access => accessOf(SECRETS_PATH, 'prometheus', server);

/** Where Grafana asks for metrics instead of Prometheus, and with what, in the words of its provisioning files. */
export function storeSource(topology: Topology, client: ComponentParty, server: Server) {
  connectOutside(topology, client, { ...hostOf(server.url), cidr: server.cidr }, 'queries');
  const { basicAuth } = server;
  const { credentials, ca } = accessOfQuery(server);
  const headers: [string, string | Expansion][] = Object.entries(server.headers);
  if (basicAuth === null && credentials !== null)
    headers.push(['Authorization', Expansion.ofFile(credentials.path, 'Bearer ')]);
  const numbered = (key: string, values: readonly (string | Expansion)[]) =>
    Object.fromEntries(values.map((value, index) => [`${key}${index + 1}`, value]));
  return {
    url: server.url,
    ...(basicAuth !== null && { basicAuth: true, basicAuthUser: basicAuth.username }),
    jsonData: {
      ...numbered(
        'httpHeaderName',
        headers.map(([name]) => name),
      ),
      ...(ca !== null && { tlsAuthWithCACert: true }),
    },
    secureJsonData: {
      ...numbered(
        'httpHeaderValue',
        headers.map(([, value]) => value),
      ),
      ...(basicAuth !== null && credentials !== null && { basicAuthPassword: Expansion.ofFile(credentials.path) }),
      ...(ca !== null && { tlsCACert: Expansion.ofFile(ca.path) }),
    },
  };
}

/** The Secrets that it needs. */
export const storeMounts = ({ prometheus: { query } }: Config): Mount[] =>
  query === null ? [] : accessMounts([accessOfQuery(query)]);
