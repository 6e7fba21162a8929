import type { Pod } from '../../lib/pod';
import { Expansion, SECRETS_PATH } from '../common/grafana-values';
import type { IniSection } from './ini-file';
import type { GrafanaSettings } from './schema';

/** The `[database]` section; null: a file on Grafana's own claim. */
export function databaseSection(pod: Pod, { database }: GrafanaSettings): IniSection | null {
  if (database.type === 'sqlite') return null;
  const { host, port, name, user, passwordSecret, sslMode, caSecret } = database;
  pod.connectOutside(database, 'users and settings');
  const password = pod.secretFile(SECRETS_PATH, 'database', passwordSecret);
  const ca = caSecret === null ? null : pod.secretFile(SECRETS_PATH, 'database-ca', caSecret);
  return {
    type: 'postgres',
    host: `${host}:${port}`,
    name,
    user,
    password: Expansion.ofFile(password),
    ssl_mode: sslMode,
    ...(sslMode === 'verify-full' && { server_cert_name: host }),
    ...(ca !== null && { ca_cert_path: ca }),
  };
}
