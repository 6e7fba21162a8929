import { type Mount, scratchMount, secretMount } from '../../lib/mount';
import type { InitStep } from '../../lib/pod-template';

/** Where the claim is mounted. */
export const DATA_PATH = '/var/lib/grafana';
/** Memory, shared by the init step and Grafana: never written to a disk. */
const RUN_PATH = '/run/grafana';
const SECRET_PATH = '/etc/grafana/admin';

/** Keys of the administrator's Secret. */
export const ADMIN_KEYS = ['admin-user', 'admin-password'] as const;

/** Files that Grafana's settings refer to. */
export const ADMIN_FILES = {
  user: `${RUN_PATH}/admin-user`,
  password: `${RUN_PATH}/admin-password`,
  secretKey: `${RUN_PATH}/secret-key`,
} as const;

/**
 * The administrator, without a password in any manifest. A Secret wins, where there is one. Otherwise the first start writes
 * a random password to the claim, and every later start reads it: it does not change, and no GitOps tool sees a difference.
 * The key that encrypts stored credentials is made in the same way; Grafana's default one is public.
 *
 * A file is written under another name and renamed, so that a start which is killed half way leaves none that is empty.
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

/** The folder that the init step hands to Grafana. */
export const adminFiles = (): Mount => scratchMount('run', RUN_PATH, 1, 'Memory');

/** The step that provides the administrator's name and password, and the secret key, before Grafana starts. */
export const adminStep = (user: string, secretName: string, data: Mount): InitStep => ({
  name: 'admin',
  command: ['/bin/sh', '-c', ADMIN_SCRIPT, 'admin', DATA_PATH, RUN_PATH, SECRET_PATH, user],
  mounts: [data, adminFiles(), secretMount('admin', SECRET_PATH, secretName, ADMIN_KEYS, { optional: true })],
});
