import type { Config } from '../stack/config';
import type { Kubectl } from './kubectl';
import type { Claim, ClusterEvent, Controller, DaemonSet, Meta, Pod } from './objects';
import { ofStack } from './ownership';

/** The objects in the stack's namespaces. */
export interface State {
  readonly controllers: readonly Controller[];
  readonly pods: readonly Pod[];
  readonly claims: readonly Claim[];
  /** All events, the newest last. */
  readonly events: readonly ClusterEvent[];
  /** The Secrets in the stack's namespace, by name. Their values are not read. */
  readonly secrets: ReadonlyMap<string, SecretFacts>;
}

/** What is known about a Secret without its values. */
export interface SecretFacts {
  /** Names of its keys. */
  readonly keys: readonly string[];
  /** When it was created, as `2026-01-31T12:00:00Z`. */
  readonly created: string;
  /** When its values were last written; empty if the API server does not say. */
  readonly written: string;
}

/** The namespaces of a stack's programs. */
export interface Places {
  readonly namespace: string;
  /** Further namespaces of the stack: node-exporter's. */
  readonly extra: readonly string[];
}

/** The namespaces of an environment: node-exporter has its own, if it is enabled. */
export const placesOf = ({ namespace, nodeExporter }: Config): Places => ({
  namespace,
  extra: nodeExporter.enabled ? [nodeExporter.namespace] : [],
});

/** Objects of all these namespaces. @throws KubectlError if a request fails */
export async function listIn<T>(
  kubectl: Kubectl,
  { namespace, extra }: Places,
  kinds: string,
  ...options: readonly string[]
): Promise<readonly T[]> {
  const lists = [namespace, ...extra].map((place) => kubectl.list<T>(kinds, '-n', place, ...options));
  return (await Promise.all(lists)).flat();
}

type Listed = (Controller | DaemonSet | Pod | Claim) & { readonly kind: string };

const KINDS = 'deployments,statefulsets,daemonsets,pods,persistentvolumeclaims';

/**
 * Reads the state of the stack's namespaces.
 * @throws KubectlError if a request fails
 */
export async function readState(kubectl: Kubectl, places: Places): Promise<State> {
  const { namespace } = places;
  const [objects, events, secrets] = await Promise.all([
    listIn<Listed>(kubectl, places, KINDS, '-l', ofStack(namespace)),
    listIn<ClusterEvent>(kubectl, places, 'events'),
    kubectl.text(['get', 'secrets', '-n', namespace, '-o', SECRETS_TEMPLATE, '--request-timeout=10s']),
  ]);
  const of = <T extends Meta>(...kinds: string[]) =>
    objects.filter(({ kind }) => kinds.includes(kind)) as readonly Meta[] as readonly T[];
  return {
    controllers: [...of<Controller>('Deployment', 'StatefulSet'), ...of<DaemonSet>('DaemonSet').map(asController)],
    pods: of<Pod>('Pod'),
    claims: of<Claim>('PersistentVolumeClaim'),
    events: [...events].sort((a, b) => timeOf(a).localeCompare(timeOf(b))),
    secrets: secretFacts(secrets),
  };
}

/** One line for each Secret: its name, its time of creation, when its values were written, its keys. kubectl drops the values. */
const SECRETS_TEMPLATE =
  'go-template={{range .items}}{{.metadata.name}};{{.metadata.creationTimestamp}};' +
  '{{range .metadata.managedFields}}{{if .fieldsV1}}{{if or (index .fieldsV1 "f:data") (index .fieldsV1 "f:stringData")}}{{.time}} {{end}}{{end}}{{end}};' +
  '{{range $key, $value := .data}}{{$key}} {{end}}\n{{end}}';

/** Parses what the template has printed. */
const secretFacts = (text: string): ReadonlyMap<string, SecretFacts> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [name = '', created = '', written = '', keys = ''] = line.split(';');
        return [name, { created, written: words(written).sort().at(-1) ?? '', keys: words(keys) }];
      }),
  );

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

/** A DaemonSet with its nodes as replicas. The status is absent until the controller has seen the object. */
const asController = ({ spec, status = {}, ...rest }: DaemonSet): Controller => ({
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

/** Whether a pod has ended, as that of a Job, or one that its node has evicted: its containers never run again. */
export const hasEnded = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

/** The pods that a controller selects, without terminating ones, and without ended ones that it has replaced. */
export function podsOf({ pods }: Pick<State, 'pods'>, { spec }: Controller): readonly Pod[] {
  const found = pods.filter(
    ({ metadata }) =>
      metadata.deletionTimestamp === undefined &&
      Object.entries(spec.selector.matchLabels).every(([key, value]) => metadata.labels?.[key] === value),
  );
  const running = found.filter((pod) => !hasEnded(pod));
  return running.length >= Math.max(1, spec.replicas ?? 1) ? running : found;
}

/** Whether all replicas are up to date and ready. With zero replicas, there must be no pod. */
export function isReady({ metadata, spec, status = {} }: Controller): boolean {
  const replicas = spec.replicas ?? 1;
  return (
    (status.observedGeneration ?? 0) >= (metadata.generation ?? 0) &&
    (status.updatedReplicas ?? 0) === replicas &&
    (status.readyReplicas ?? 0) === replicas &&
    (status.replicas ?? 0) === replicas
  );
}
