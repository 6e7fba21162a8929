import { PART_OF } from '../lib/labels';
import type { Kubectl } from './kubectl';
import type { Claim, ClusterEvent, Controller, Meta, Pod } from './objects';

/** Selects everything that this project renders. */
export const OURS = `app.kubernetes.io/part-of=${PART_OF}`;

/** What is in the stack's namespace. */
export interface State {
  readonly controllers: readonly Controller[];
  readonly pods: readonly Pod[];
  readonly claims: readonly Claim[];
  /** Warnings and others, the newest last. */
  readonly events: readonly ClusterEvent[];
  /** Names of the Secrets; their values are not read. */
  readonly secrets: ReadonlySet<string>;
}

type Listed = (Controller | Pod | Claim) & { readonly kind: string };

/**
 * Reads the state of a namespace.
 * @throws KubectlError where the API server cannot be asked
 */
export async function readState(kubectl: Kubectl, namespace: string): Promise<State> {
  const [objects, events, secrets] = await Promise.all([
    kubectl.list<Listed>('deployments,statefulsets,pods,persistentvolumeclaims', '-n', namespace, '-l', OURS),
    kubectl.list<ClusterEvent>('events', '-n', namespace),
    kubectl.text(['get', 'secrets', '-n', namespace, '-o', 'name', '--request-timeout=10s']),
  ]);
  const of = <T extends Meta>(...kinds: string[]) =>
    objects.filter(({ kind }) => kinds.includes(kind)) as readonly Meta[] as readonly T[];
  return {
    controllers: of<Controller>('Deployment', 'StatefulSet'),
    pods: of<Pod>('Pod'),
    claims: of<Claim>('PersistentVolumeClaim'),
    events: [...events].sort((a, b) => timeOf(a).localeCompare(timeOf(b))),
    secrets: new Set(secrets.split('\n').map((name) => name.replace(/^secret\//, ''))),
  };
}

const timeOf = ({ lastTimestamp, eventTime, metadata }: ClusterEvent): string =>
  lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '';

/** The pods that a controller has made, and that are not ending. */
export const podsOf = ({ pods }: Pick<State, 'pods'>, controller: Controller): readonly Pod[] =>
  pods.filter(
    ({ metadata }) =>
      metadata.deletionTimestamp === undefined &&
      Object.entries(controller.spec.selector.matchLabels).every(([key, value]) => metadata.labels?.[key] === value),
  );

/** Whether every pod that is wanted runs in its newest form, and is ready. Of one that is set to zero, none is. */
export function isReady({ metadata, spec, status = {} }: Controller): boolean {
  const wanted = spec.replicas ?? 1;
  return (
    (status.observedGeneration ?? 0) >= (metadata.generation ?? 0) &&
    (status.updatedReplicas ?? 0) === wanted &&
    (status.readyReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted
  );
}
