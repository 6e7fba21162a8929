import { claimMount, scratchMount, secretMount } from '../../lib/mount';
import type { Pod } from '../../lib/pod';
import { SECRETS_PATH } from '../common/grafana-values';
import type { GrafanaSettings } from './schema';

/** Where the claim is mounted. */
export const DATA_PATH = '/var/lib/grafana';
/** An in-memory volume, shared by the init container and Grafana: never written to a disk. */
const RUN_PATH = '/run/grafana';
const SECRET_PATH = '/etc/grafana/admin';

/** Keys of the administrator's Secret. */
export const ADMIN_KEYS = ['admin-user', 'admin-password'] as const;

/** Paths of the files that Grafana's settings refer to. */
export interface AdminFiles {
  readonly user: string;
  readonly password: string;
  /** The key that encrypts stored credentials. */
  readonly secretKey: string;
}

/**
 * The administrator, without a password in any manifest. A configured Secret takes precedence. Otherwise the first start writes a random
 * password to the claim, and every later start reads it: it does not change, and no GitOps tool sees a difference. The key that encrypts
 * stored credentials is generated in the same way, because Grafana's default key is public.
 *
 * A file is written under a temporary name and then renamed, so that a killed start leaves no empty file.
 */
export const ADMIN_SCRIPT = `set -eu
umask 077
data="$1" run="$2" secret="$3" user="$4"
keep() {
  [ -s "$data/$1" ] && return
  head -c 24 /dev/urandom | base64 | tr -d '\\n' | tr '+/' '-_' > "$data/$1.new"
  chmod 0400 "$data/$1.new"
  mv -f "$data/$1.new" "$data/$1"
}
give() {
  rm -f "$run/$2"
  cp "$1" "$run/$2"
  chmod 0400 "$run/$2"
}
keep .secret-key
give "$data/.secret-key" secret-key
if [ -s "$secret/admin-password" ]; then
  give "$secret/admin-password" admin-password
else
  keep .admin-password
  give "$data/.admin-password" admin-password
fi
if [ -s "$secret/admin-user" ]; then
  give "$secret/admin-user" admin-user
else
  rm -f "$run/admin-user"
  printf '%s' "$user" > "$run/admin-user"
fi
`;

/**
 * Grafana's storage and administrator. With SQLite: a claim, and an init container that generates a password and a key once. With an
 * external database: files of Secrets that must exist.
 * @param claimName name of the claim
 */
export function addAdmin(pod: Pod, settings: GrafanaSettings, claimName: string): AdminFiles {
  return settings.database.type === 'sqlite' ? ownAdmin(pod, settings, claimName) : sharedAdmin(pod, settings);
}

function ownAdmin(pod: Pod, { admin }: GrafanaSettings, claimName: string): AdminFiles {
  const data = pod.mount(claimMount('data', DATA_PATH, claimName));
  const run = pod.mount(scratchMount('run', RUN_PATH, 1, 'Memory'));
  pod.initStep({
    name: 'admin',
    command: ['/bin/sh', '-c', ADMIN_SCRIPT, 'admin', DATA_PATH, RUN_PATH, SECRET_PATH, admin.user],
    mounts: [data, run, secretMount('admin', SECRET_PATH, admin.secretName, ADMIN_KEYS, { optional: true })],
  });
  return {
    user: `${RUN_PATH}/admin-user`,
    password: `${RUN_PATH}/admin-password`,
    secretKey: `${RUN_PATH}/secret-key`,
  };
}

function sharedAdmin(pod: Pod, { admin, secretKey }: GrafanaSettings): AdminFiles {
  // With an external database, only plugins are stored here, and they are installed at each start.
  pod.mount(scratchMount('data', DATA_PATH, 512));
  pod.mount(secretMount('admin', SECRET_PATH, admin.secretName, ADMIN_KEYS));
  return {
    user: `${SECRET_PATH}/admin-user`,
    password: `${SECRET_PATH}/admin-password`,
    secretKey: secretKey === null ? '' : pod.secretFile(SECRETS_PATH, 'secret-key', secretKey),
  };
}
