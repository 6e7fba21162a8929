import type { SecretKey } from '../config/units';
import { containersOf, type PodSpec, podOf } from '../stack/checks/manifest';
import type { Commands } from './commands';
import type { Expected } from './expected';

/** Volumes and variables, with the fields that refer to Secrets. */
interface SecretUsers {
  readonly volumes?: readonly {
    readonly secret?: {
      readonly secretName: string;
      readonly optional?: boolean;
      readonly items?: readonly { readonly key: string }[];
    };
  }[];
}
interface SecretVariables {
  readonly env?: readonly { readonly valueFrom?: { readonly secretKeyRef?: SecretKey } }[];
}

/** Which workloads use a Secret, and which of its keys. */
export interface SecretUse {
  /** Names of the workloads. */
  readonly users: readonly string[];
  /** Names of the keys. */
  readonly keys: readonly string[];
}

/** The Secrets without which pods do not start, by name. */
export function requiredSecrets({ workloads }: Expected): ReadonlyMap<string, SecretUse> {
  const uses = new Map<string, SecretUse>();
  for (const manifest of workloads) {
    for (const { name, key } of secretKeysOf(podOf(manifest))) {
      const { users = [], keys = [] } = uses.get(name) ?? {};
      uses.set(name, { users: unique([...users, manifest.metadata.name]), keys: unique([...keys, key]) });
    }
  }
  return uses;
}

const unique = (names: readonly string[]) => [...new Set(names)];

function secretKeysOf(pod: PodSpec | undefined): SecretKey[] {
  if (pod === undefined) return [];
  const { volumes = [] } = pod as SecretUsers;
  const mounted = volumes.flatMap(({ secret }) => {
    if (secret === undefined || secret.optional === true) return [];
    // A patch may mount a whole Secret.
    return (secret.items ?? [{ key: 'KEY' }]).map(({ key }) => ({ name: secret.secretName, key }));
  });
  const variables = containersOf(pod).flatMap((container) =>
    ((container as SecretVariables).env ?? []).flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []),
  );
  return [...mounted, ...variables];
}

/** The command that creates a Secret. */
export const createSecret = ({ kubectl }: Commands, namespace: string, name: string, { keys }: SecretUse): string =>
  kubectl(
    `-n ${namespace} create secret generic ${name} ${keys.map((key) => `--from-literal=${key}=VALUE`).join(' ')}`,
  );
