import type { SecretKey } from '../config/units';
import { type Mount, type SecretFile, secretFile } from '../lib/mount';

/** How a server outside the stack is asked: the files with its credentials and its certificate authority. */
export interface Access {
  /** The password or the token; null: none. */
  readonly credentials: SecretFile | null;
  /** The certificate authority; null: a public one. */
  readonly ca: SecretFile | null;
}

interface Secured {
  readonly basicAuth: { readonly username: string; readonly passwordSecret: SecretKey } | null;
  readonly bearerTokenSecret?: SecretKey | null;
  readonly caSecret: SecretKey | null;
}

/**
 * The files of one server. Credentials are files, not values: programs show their configuration.
 * @param folder folder below which each Secret has a folder of its own
 * @param name name of the volumes, unique in the pod
 */
export function accessOf(folder: string, name: string, { basicAuth, bearerTokenSecret, caSecret }: Secured): Access {
  const secret = basicAuth?.passwordSecret ?? bearerTokenSecret ?? null;
  return {
    credentials: secret === null ? null : secretFile(folder, name, secret),
    ca: caSecret === null ? null : secretFile(folder, `${name}-ca`, caSecret),
  };
}

/** What must be mounted for it. */
export const accessMounts = (accesses: readonly Access[]): Mount[] =>
  accesses.flatMap(({ credentials, ca }) => [credentials, ca]).flatMap((file) => (file === null ? [] : [file.mount]));
