import type { PrometheusConfig } from '../../config/schema';
import { connectOutside, hostOf } from '../../lib/endpoint';
import { type Mount, secretMount } from '../../lib/mount';
import type { ComponentParty, Topology } from '../../lib/topology';

type RemoteWrite = PrometheusConfig['remoteWrite'][number];

const SECRETS_PATH = '/etc/prometheus/secrets';

const secretOf = ({ basicAuth, bearerTokenSecret }: RemoteWrite) => basicAuth?.passwordSecret ?? bearerTokenSecret;

/** The entries of `remote_write`, and their edges to the outside. Credentials are files: Prometheus shows its configuration to everyone. */
export function remoteWriteConfig(topology: Topology, client: ComponentParty, targets: readonly RemoteWrite[]) {
  return targets.map((target) => {
    const { name, url, cidr, basicAuth } = target;
    connectOutside(topology, client, { ...hostOf(url), cidr }, 'remote write');
    const secret = secretOf(target);
    const file = secret === null ? null : `${SECRETS_PATH}/${name}/${secret.key}`;
    return {
      name,
      url,
      send_exemplars: true,
      ...(basicAuth !== null && { basic_auth: { username: basicAuth.username, password_file: file } }),
      ...(basicAuth === null && file !== null && { authorization: { type: 'Bearer', credentials_file: file } }),
    };
  });
}

/** The Secrets of the remote writes, each in a folder of its own. */
export const remoteWriteMounts = (targets: readonly RemoteWrite[]): Mount[] =>
  targets.flatMap((target, index) => {
    const secret = secretOf(target);
    return secret === null
      ? []
      : [secretMount(`remote-write-${index}`, `${SECRETS_PATH}/${target.name}`, secret.name, false)];
  });
