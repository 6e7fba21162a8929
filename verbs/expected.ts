import { buildStack } from '../charts';
import { containersOf, type Manifest, manifestsOf, type PodSpec, podOf } from '../charts/checks/manifest';
import type { Config } from '../config/load';
import type { SecretKey } from '../config/units';

/** What ought to be in the cluster: what `make synth` writes for the environment, from the same charts. */
export interface Expected {
  readonly config: Config;
  /** The Namespace, the claims, and what else outlives the programs. */
  readonly keep: readonly Manifest[];
  readonly workloads: readonly Manifest[];
  /** What lives in Jan Server's namespace. */
  readonly janServer: readonly Manifest[];
}

/** Builds it. */
export function expectedOf(config: Config): Expected {
  const { keep, workloads, janServer } = buildStack(config, 'unused');
  return {
    config,
    keep: manifestsOf([keep]),
    workloads: manifestsOf([workloads]),
    janServer: janServer === null ? [] : manifestsOf([janServer]),
  };
}

/** The Deployments and StatefulSets. */
export const controllersOf = ({ workloads }: Expected): readonly Manifest[] =>
  workloads.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');

/** Kubernetes' volumes and variables, as far as they name Secrets. */
interface SecretUsers {
  readonly volumes?: readonly {
    readonly secret?: { readonly secretName: string; readonly optional?: boolean };
  }[];
}
interface SecretVariables {
  readonly env?: readonly { readonly valueFrom?: { readonly secretKeyRef?: SecretKey } }[];
}

/** Names of the Secrets without which pods do not start, with the workload that needs each. */
export function requiredSecrets({ workloads }: Expected): ReadonlyMap<string, string> {
  const users = workloads.flatMap((manifest) => {
    const pod = podOf(manifest);
    return pod === undefined ? [] : secretsOf(pod).map((secret) => [secret, manifest.metadata.name] as const);
  });
  return new Map(users);
}

function secretsOf(pod: PodSpec): string[] {
  const { volumes = [] } = pod as SecretUsers;
  const mounted = volumes.flatMap(({ secret }) =>
    secret === undefined || secret.optional === true ? [] : [secret.secretName],
  );
  const variables = containersOf(pod).flatMap((container) =>
    ((container as SecretVariables).env ?? []).flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? []),
  );
  return [...mounted, ...variables];
}

/** StorageClasses that claims name; null stands for the cluster's default. */
export function storageClasses({ keep, workloads }: Expected): ReadonlySet<string | null> {
  type ClaimSpec = { readonly storageClassName?: string };
  const own = keep.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(({ spec }) => spec as ClaimSpec);
  const templates = workloads.flatMap(
    ({ spec }) =>
      (spec as { volumeClaimTemplates?: readonly { spec: ClaimSpec }[] } | undefined)?.volumeClaimTemplates ?? [],
  );
  return new Set(
    [...own, ...templates.map(({ spec }) => spec)].map(({ storageClassName }) => storageClassName ?? null),
  );
}
