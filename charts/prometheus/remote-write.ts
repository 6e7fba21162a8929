import type { Destination, PrometheusConfig } from '../../config/schema';
import { connectOutside, hostOf } from '../../lib/endpoint';
import type { Mount } from '../../lib/mount';
import type { ComponentParty, Topology } from '../../lib/topology';
import { type Access, accessMounts, accessOf } from '../access';

const SECRETS_PATH = '/etc/prometheus/secrets';

/** How Prometheus sends to one server. */
export interface Sending {
  readonly target: Destination;
  readonly access: Access;
}

/**
 * How it sends to each of some servers.
 * @param kind what they are, as part of the names of their volumes
 */
export const sendings = (kind: string, targets: readonly Destination[]): Sending[] =>
  targets.map((target, index) => ({ target, access: accessOf(SECRETS_PATH, `${kind}-${index}`, target) }));

/** Authentication and TLS in Prometheus' words. Credentials are files: Prometheus shows its configuration to everyone. */
export const authentication = ({ target: { basicAuth }, access: { credentials, ca } }: Sending) => ({
  ...(basicAuth !== null && { basic_auth: { username: basicAuth.username, password_file: credentials?.path } }),
  ...(basicAuth === null &&
    credentials !== null && { authorization: { type: 'Bearer', credentials_file: credentials.path } }),
  ...(ca !== null && { tls_config: { ca_file: ca.path } }),
});

/**
 * Shards and batches for a store over a wide network, and patience with one that limits its rate. Prometheus keeps about two
 * hours of samples for a store that is away (https://prometheus.io/docs/practices/remote_write/).
 */
const QUEUE = { capacity: 10_000, max_shards: 50, max_samples_per_send: 2000, retry_on_http_429: true } as const;

/** The entries of `remote_write`, and their edges to the outside. */
export const remoteWriteConfig = (topology: Topology, client: ComponentParty, targets: readonly Destination[]) =>
  sendings('remote-write', targets).map((sending) => {
    const { name, url, cidr, headers } = sending.target;
    connectOutside(topology, client, { ...hostOf(url), cidr }, 'remote write');
    return {
      name,
      url,
      send_exemplars: true,
      ...(Object.keys(headers).length > 0 && { headers }),
      ...authentication(sending),
      queue_config: QUEUE,
    };
  });

/** The Secrets of all of them. */
export const sendingMounts = ({ remoteWrite, alertmanagers }: PrometheusConfig): Mount[] =>
  accessMounts(
    [...sendings('remote-write', remoteWrite), ...sendings('alertmanager', alertmanagers)].map(({ access }) => access),
  );
