import type { Pod } from '../objects';

/** What a pod cannot run without, each as `Kind/name`. */
export interface Uses {
  /** Secrets that its variables come from. */
  readonly variables: readonly string[];
  /** Secrets, ConfigMaps and claims that it mounts. */
  readonly volumes: readonly string[];
}

/** The Secrets, ConfigMaps and claims of a pod. */
export function usesOf({ spec: { containers, volumes = [] } }: Pod): Uses {
  const variables = containers
    .flatMap(({ env = [] }) => env)
    .flatMap(({ valueFrom }) => part('Secret', valueFrom?.secretKeyRef?.name));
  const mounted = volumes.flatMap(({ secret, configMap, persistentVolumeClaim, projected }) => [
    ...part('Secret', secret?.secretName),
    ...part('ConfigMap', configMap?.name),
    ...part('PersistentVolumeClaim', persistentVolumeClaim?.claimName),
    ...(projected?.sources ?? []).flatMap((source) => [
      ...part('Secret', source.secret?.name),
      ...part('ConfigMap', source.configMap?.name),
    ]),
  ]);
  return { variables, volumes: mounted };
}

const part = (kind: string, name: string | undefined): string[] => (name === undefined ? [] : [`${kind}/${name}`]);
