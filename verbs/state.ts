import { PART_OF } from '../lib/labels';
import type { Config } from '../stack/config';
import type { Kubectl } from './kubectl';
import type { Claim, ClusterEvent, Controller, DaemonSet, Meta, Pod } from './objects';

/** Selects everything that this project renders. */
export const OURS = `app.kubernetes.io/part-of=${PART_OF}`;

/** Selects what is rendered for one stack, by its namespace: wherever it is. */
export const ofStack = (namespace: string): string => `${OURS},app.kubernetes.io/instance=${namespace}`;

/** What is in the stack's namespace, and in those of its own beside it. */
export interface State {
  readonly controllers: readonly Controller[];
  readonly pods: readonly Pod[];
  readonly claims: readonly Claim[];
  /** Warnings and others, the newest last. */
  readonly events: readonly ClusterEvent[];
  /** Names of the Secrets in the stack's namespace; their values are not read. */
  readonly secrets: ReadonlySet<string>;
}

/** Where the programs of a stack are. */
export interface Places {
  readonly namespace: string;
  /** Namespaces of its own beside that: node-exporter's. */
  readonly others: readonly string[];
}

/** The places of an environment: node-exporter has one where it is on. */
export const placesOf = ({ namespace, nodeExporter }: Config): Places => ({
  namespace,
  others: nodeExporter.enabled ? [nodeExporter.namespace] : [],
});

/** Objects of all places. @throws KubectlError where the API server cannot be asked */
export async function listIn<T>(
  kubectl: Kubectl,
  { namespace, others }: Places,
  kinds: string,
  ...options: readonly string[]
): Promise<readonly T[]> {
  const lists = [namespace, ...others].map((place) => kubectl.list<T>(kinds, '-n', place, ...options));
  return (await Promise.all(lists)).flat();
}

type Listed = (Controller | DaemonSet | Pod | Claim) & { readonly kind: string };

const KINDS = 'deployments,statefulsets,daemonsets,pods,persistentvolumeclaims';

/**
 * Reads the state of the stack's namespace, and of the others that its programs are in.
 * @throws KubectlError where the API server cannot be asked
 */
export async function readState(kubectl: Kubectl, places: Places): Promise<State> {
  const { namespace } = places;
  const [objects, events, secrets] = await Promise.all([
    listIn<Listed>(kubectl, places, KINDS, '-l', ofStack(namespace)),
    listIn<ClusterEvent>(kubectl, places, 'events'),
    kubectl.text(['get', 'secrets', '-n', namespace, '-o', 'name', '--request-timeout=10s']),
  ]);
  const of = <T extends Meta>(...kinds: string[]) =>
    objects.filter(({ kind }) => kinds.includes(kind)) as readonly Meta[] as readonly T[];
  return {
    controllers: [...of<Controller>('Deployment', 'StatefulSet'), ...of<DaemonSet>('DaemonSet').map(perNode)],
    pods: of<Pod>('Pod'),
    claims: of<Claim>('PersistentVolumeClaim'),
    events: [...events].sort((a, b) => timeOf(a).localeCompare(timeOf(b))),
    secrets: new Set(secrets.split('\n').map((name) => name.replace(/^secret\//, ''))),
  };
}

/** A DaemonSet with its nodes counted as replicas. The first count is there once its controller has seen it. */
const perNode = ({ spec, status = {}, ...rest }: DaemonSet): Controller => ({
  ...rest,
  spec: { ...spec, replicas: status.desiredNumberScheduled ?? 0 },
  status: {
    observedGeneration: status.observedGeneration ?? 0,
    replicas: status.currentNumberScheduled ?? 0,
    updatedReplicas: status.updatedNumberScheduled ?? 0,
    readyReplicas: status.numberReady ?? 0,
  },
});

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
