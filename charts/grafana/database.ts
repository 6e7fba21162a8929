import type { GrafanaConfig } from '../../config/schema';
import { connectOutside } from '../../lib/endpoint';
import { type Mount, secretFile, secretMount } from '../../lib/mount';
import type { ComponentParty, Topology } from '../../lib/topology';
import { ADMIN_KEYS } from './admin';
import type { GrafanaEndpoints } from './endpoints';
import type { IniSection } from './ini-file';
import { Expansion, SECRETS_PATH } from './values';

const ADMIN_PATH = '/etc/grafana/admin';

type Postgres = Extract<GrafanaConfig['database'], { type: 'postgres' }>;

const passwordOf = ({ passwordSecret }: Postgres) => secretFile(SECRETS_PATH, 'database', passwordSecret);
const caOf = ({ caSecret }: Postgres) => (caSecret === null ? null : secretFile(SECRETS_PATH, 'database-ca', caSecret));

/** The `[database]` section. */
export function databaseSection(database: Postgres): IniSection {
  const ca = caOf(database);
  return {
    type: 'postgres',
    host: `${database.host}:${database.port}`,
    name: database.name,
    user: database.user,
    password: Expansion.ofFile(passwordOf(database).path),
    ssl_mode: database.sslMode,
    ...(database.sslMode === 'verify-full' && { server_cert_name: database.host }),
    ...(ca !== null && { ca_cert_path: ca.path }),
  };
}

/** Records that Grafana connects to its database. */
export function connectDatabase(topology: Topology, client: ComponentParty, { database }: GrafanaConfig): void {
  if (database.type === 'postgres') connectOutside(topology, client, database, 'users and settings');
}

/** The administrator and the secret key where no claim keeps them: files of Secrets that must exist. */
export function sharedAdmin({ admin, secretKey }: GrafanaConfig) {
  const key = secretKey === null ? null : secretFile(SECRETS_PATH, 'secret-key', secretKey);
  return {
    files: {
      user: `${ADMIN_PATH}/admin-user`,
      password: `${ADMIN_PATH}/admin-password`,
      secretKey: key?.path ?? '',
    },
    mounts: [secretMount('admin', ADMIN_PATH, admin.secretName, ADMIN_KEYS), ...(key === null ? [] : [key.mount])],
  };
}

/** Files of the database's password and certificate authority. */
export function databaseMounts({ database }: GrafanaConfig): Mount[] {
  if (database.type === 'sqlite') return [];
  const ca = caOf(database);
  return [passwordOf(database).mount, ...(ca === null ? [] : [ca.mount])];
}

/**
 * How several Grafanas find each other, so that an alert is sent by one of them. Gossip is TCP and UDP on one port
 * (https://grafana.com/docs/grafana/latest/alerting/set-up/configure-high-availability/).
 */
export function gossipSection({ party, gossip }: GrafanaEndpoints): IniSection | null {
  if (gossip === null) return null;
  gossip.udp.allow(party, 'who notifies');
  return {
    ha_listen_address: Expansion.ofVariable('POD_IP', `:${gossip.tcp.port}`),
    ha_advertise_address: Expansion.ofVariable('POD_IP', `:${gossip.tcp.port}`),
    ha_peers: gossip.tcp.podsAddressFor(party, 'who notifies'),
    ha_peer_timeout: '15s',
  };
}
