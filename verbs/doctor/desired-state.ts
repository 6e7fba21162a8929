import { type Manifest, podOf } from '../../stack/checks/manifest';
import type { Commands } from '../commands';
import { controllersOf, type Expected, hasNoPods } from '../expected';
import { requiredSecrets, type SecretUse } from '../secrets';
import { placesOf, type Places as StackNamespaces } from '../state';
import type { At } from './cause';

/** A claim as it is rendered. */
export interface DesiredClaim {
  readonly name: string;
  /** null: the cluster's default. */
  readonly className: string | null;
  /** The requested size, such as `10Gi`. */
  readonly size: string;
  /** Whether it is rendered; else its StatefulSet creates it when it needs it. */
  readonly isRendered: boolean;
  /** Whether only pods of CronJobs mount it: with WaitForFirstConsumer, it has no volume until one has run. */
  readonly isForJobs: boolean;
}

/** What should exist in the cluster. */
export interface DesiredState extends StackNamespaces, At, Pick<Expected, 'config' | 'outside' | 'edges'> {
  /** The workloads, by kind and name; null replicas: one for each eligible node. */
  readonly controllers: readonly { readonly kind: string; readonly name: string; readonly replicas: number | null }[];
  readonly claims: readonly DesiredClaim[];
  /** Secrets that must exist, by name. */
  readonly secrets: ReadonlyMap<string, SecretUse>;
  /** Other objects in the stack's namespace. */
  readonly objects: readonly Manifest[];
  /** Namespaces that may send telemetry, besides the stack's. */
  readonly sending: readonly string[];
}

/** What a diagnosis compares the cluster with. @param commands for the next steps */
export function desiredState(expected: Expected, commands: Commands): DesiredState {
  const { config, keep, workloads, outside, edges, places } = expected;
  const { janServer, network } = config;
  const isKnown = ({ kind }: Manifest) =>
    ['Deployment', 'StatefulSet', 'DaemonSet', 'PersistentVolumeClaim'].includes(kind);
  const senders = network.allowFrom.filter(({ to }) => to === 'collector').map(({ namespace }) => namespace);
  return {
    ...placesOf(config),
    config,
    outside,
    edges,
    places,
    commands,
    controllers: controllersOf(expected).map(({ kind, metadata: { name }, spec }) => ({
      kind,
      name,
      replicas: kind === 'DaemonSet' ? null : ((spec as { replicas?: number }).replicas ?? 1),
    })),
    claims: claimsOf(expected),
    secrets: requiredSecrets(expected),
    objects: [...keep, ...workloads].filter(
      (object) => object.metadata.namespace === config.namespace && !isKnown(object),
    ),
    sending: [...new Set([...(janServer === null ? [] : [janServer.namespace]), ...senders])],
  };
}

interface ClaimSpec {
  readonly storageClassName?: string;
  readonly resources: { readonly requests: { readonly storage: string } };
}

const claimOf = (name: string, { storageClassName, resources }: ClaimSpec): Omit<DesiredClaim, 'isForJobs'> => ({
  name,
  isRendered: true,
  className: storageClassName ?? null,
  size: resources.requests.storage,
});

/** The claims, and those that StatefulSets create for their pods. */
function claimsOf(expected: Expected): readonly DesiredClaim[] {
  interface Templates {
    readonly replicas?: number;
    readonly volumeClaimTemplates?: readonly {
      readonly metadata: { readonly name: string };
      readonly spec: ClaimSpec;
    }[];
  }
  const own = expected.keep
    .filter(({ kind, metadata }) => kind === 'PersistentVolumeClaim' && !isUnused(expected, metadata.name))
    .map(({ metadata: { name }, spec }) => ({
      ...claimOf(name, spec as ClaimSpec),
      isForJobs: !controllersOf(expected).some(mounting(name)),
    }));
  const made = controllersOf(expected).flatMap((workload) => {
    const { replicas = 1, volumeClaimTemplates = [] } = workload.spec as Templates;
    return volumeClaimTemplates.flatMap(({ metadata, spec }) =>
      Array.from({ length: replicas }, (_, index) => ({
        ...claimOf(`${metadata.name}-${workload.metadata.name}-${index}`, spec),
        isRendered: false,
        isForJobs: false,
      })),
    );
  });
  return [...own, ...made];
}

/** With WaitForFirstConsumer, the claim of a workload with zero replicas stays unbound. */
const isUnused = (expected: Expected, claim: string): boolean =>
  controllersOf(expected).filter(hasNoPods).some(mounting(claim));

const mounting = (claim: string) => (workload: Manifest) =>
  JSON.stringify(podOf(workload)).includes(`"claimName":"${claim}"`);
