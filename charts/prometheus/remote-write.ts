import type { Destination, PrometheusConfig } from '../../config/schema';
import { connectOutside, hostOf } from '../../lib/endpoint';
import type { Mount } from '../../lib/mount';
import type { ComponentParty, Topology } from '../../lib/topology';
import { type Access, accessMounts, accessOf } from '../access';

const SECRETS_PATH = '/etc/prometheus/secrets';

/** How Prometheus sends to one server. */
interface Sending {
  readonly target: Destination;
  readonly access: Access;
}

const sendings = (kind: string, targets: readonly Destination[]): Sending[] =>
  targets.map((target, index) => ({ target, access: accessOf(SECRETS_PATH, `${kind}-${index}`, target) }));

/** Authentication and TLS in Prometheus' words. Credentials are files: Prometheus shows its configuration to everyone. */
const authentication = ({ target: { basicAuth }, access: { credentials, ca } }: Sending) => ({
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

/**
 * The `alerting` section, and its edges. The label that tells replicas apart is dropped, so that Alertmanager takes what two
 * Prometheus say as one alert.
 */
export function alertingConfig(topology: Topology, client: ComponentParty, prometheus: PrometheusConfig) {
  const { alertmanagers, replicas, replicaLabel } = prometheus;
  if (alertmanagers.length === 0) return null;
  return {
    ...(replicas > 1 && { alert_relabel_configs: [{ regex: replicaLabel, action: 'labeldrop' }] }),
    alertmanagers: sendings('alertmanager', alertmanagers).map((sending) => {
      const { url, cidr, headers } = sending.target;
      const { host, port } = hostOf(url);
      connectOutside(topology, client, { host, port, cidr }, 'alerts');
      const { protocol, pathname } = new URL(url);
      const named = Object.entries(headers).map(([name, value]) => [name, { values: [value] }]);
      return {
        scheme: protocol.replace(':', ''),
        ...(pathname !== '/' && { path_prefix: pathname.replace(/\/$/, '') }),
        ...(named.length > 0 && { http_headers: Object.fromEntries(named) }),
        ...authentication(sending),
        static_configs: [{ targets: [`${host}:${port}`] }],
      };
    }),
  };
}

/** The Secrets of all of them. */
export const sendingMounts = ({ remoteWrite, alertmanagers }: PrometheusConfig): Mount[] =>
  accessMounts(
    [...sendings('remote-write', remoteWrite), ...sendings('alertmanager', alertmanagers)].map(({ access }) => access),
  );
