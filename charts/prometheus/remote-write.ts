import type { Destination } from '../../config/schema/destination';
import { hostOf } from '../../lib/outside';
import type { Pod } from '../../lib/pod';
import { accessOf } from '../common/access';

const SECRETS_PATH = '/etc/prometheus/secrets';

/**
 * Authentication and TLS in Prometheus' words, for one server. Credentials are files: Prometheus shows its configuration to everyone.
 * @param name name of the volumes, unique in the pod
 */
export function authentication(pod: Pod, name: string, server: Destination) {
  const { credentials, ca } = accessOf(pod, SECRETS_PATH, name, server);
  const { basicAuth } = server;
  return {
    ...(basicAuth !== null && { basic_auth: { username: basicAuth.username, password_file: credentials } }),
    ...(basicAuth === null &&
      credentials !== null && { authorization: { type: 'Bearer', credentials_file: credentials } }),
    ...(ca !== null && { tls_config: { ca_file: ca } }),
  };
}

/**
 * Shards and batches for a remote store, with retries for one that limits its rate. Prometheus buffers about two hours of samples while a
 * store is unreachable (https://prometheus.io/docs/practices/remote_write/).
 */
const QUEUE = { capacity: 10_000, max_shards: 50, max_samples_per_send: 2000, retry_on_http_429: true } as const;

/** The entries of `remote_write`. */
export const remoteWriteConfig = (pod: Pod, targets: readonly Destination[]) =>
  targets.map((target, index) => {
    const { name, url, cidr, headers } = target;
    pod.connectOutside({ ...hostOf(url), cidr }, 'remote write');
    return {
      name,
      url,
      send_exemplars: true,
      ...(Object.keys(headers).length > 0 && { headers }),
      ...authentication(pod, `remote-write-${index}`, target),
      queue_config: QUEUE,
    };
  });
