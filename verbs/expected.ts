import { basename } from 'node:path';
import type { ForwardedPort } from '../charts/common/part';
import type { Places } from '../content/runbooks/places';
import type { Edge } from '../lib/parties';
import { buildStack, type Stack } from '../stack/apps';
import { type Manifest, manifestsOf } from '../stack/checks/manifest';
import type { Config } from '../stack/config';

/** The objects that should be in the cluster: what `make synth` writes for the environment, from the same charts. */
export interface Expected {
  readonly config: Config;
  /** Names and addresses for the next steps of the doctor. */
  readonly places: Places;
  /** The connections. */
  readonly edges: readonly Edge[];
  /** Ports that people use on their own machine. */
  readonly forwards: readonly ForwardedPort[];
  /** The Namespace, the claims, and other objects that `monitor-down` keeps. */
  readonly keep: readonly Manifest[];
  readonly workloads: readonly Manifest[];
  /** The smoke test: its Job, and what the Job needs; none if it is off. */
  readonly hooks: readonly Manifest[];
  /** Objects for each namespace that is not ours. */
  readonly outside: readonly OutsidePlace[];
}

/** Objects for a namespace that is not ours. */
export interface OutsidePlace {
  readonly namespace: string;
  /** The folder with them below that of the environment. */
  readonly folder: string;
  readonly objects: readonly Manifest[];
}

/** Builds the stack of an environment. */
export const expectedOf = (config: Config): Expected => renderedOf(config, buildStack(config, 'unused'));

/** The objects of a stack. */
export function renderedOf(config: Config, stack: Stack): Expected {
  const { keep, workloads, hooks, outside, forwards, places, topology } = stack;
  return {
    config,
    forwards,
    places,
    edges: topology.edges,
    keep: manifestsOf([keep]),
    workloads: manifestsOf([workloads]),
    hooks: manifestsOf([hooks]),
    outside: outside.map(({ namespace, app }) => ({
      namespace,
      folder: basename(app.outdir),
      objects: manifestsOf([app]),
    })),
  };
}

/** The Deployments, StatefulSets and DaemonSets. */
export const controllersOf = ({ workloads }: Expected): readonly Manifest[] =>
  workloads.filter(({ kind }) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind));

/** Whether a workload is rendered with zero replicas. */
export const hasNoPods = ({ spec }: Manifest): boolean => (spec as { readonly replicas?: number }).replicas === 0;

/** StorageClasses that the claims use; null is the cluster's default. */
export function storageClasses({ keep, workloads }: Expected): ReadonlySet<string | null> {
  type ClaimSpec = { readonly storageClassName?: string };
  const claims = keep.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(({ spec }) => spec as ClaimSpec);
  const templates = workloads.flatMap(
    ({ spec }) =>
      (spec as { volumeClaimTemplates?: readonly { spec: ClaimSpec }[] } | undefined)?.volumeClaimTemplates ?? [],
  );
  return new Set(
    [...claims, ...templates.map(({ spec }) => spec)].map(({ storageClassName }) => storageClassName ?? null),
  );
}
