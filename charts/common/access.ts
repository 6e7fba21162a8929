import type { Pod } from '../../lib/pod';
import type { SecretKey } from '../../lib/secret-key';

/** How a program authenticates to a server outside the stack: paths of files in its pod. */
export interface Access {
  /** The password or the token; null: none. */
  readonly credentials: string | null;
  /** The certificate authority; null: a public one. */
  readonly ca: string | null;
}

interface Secured {
  readonly basicAuth: { readonly username: string; readonly passwordSecret: SecretKey } | null;
  readonly bearerTokenSecret?: SecretKey | null;
  readonly caSecret: SecretKey | null;
}

/**
 * Mounts the files for one server. Credentials are files, not values: programs show their configuration.
 * @param folder folder below which each Secret has a folder of its own
 * @param name name of the volumes, unique in the pod
 */
export function accessOf(pod: Pod, folder: string, name: string, secured: Secured): Access {
  const { basicAuth, bearerTokenSecret, caSecret } = secured;
  const secret = basicAuth?.passwordSecret ?? bearerTokenSecret ?? null;
  return {
    credentials: secret === null ? null : pod.secretFile(folder, name, secret),
    ca: caSecret === null ? null : pod.secretFile(folder, `${name}-ca`, caSecret),
  };
}
