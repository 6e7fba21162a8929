/** Reads the survey. Every request of `monitor-status` is here, in state.ts and in the files that this one calls. */
import type { Kubectl } from '../kubectl';
import type { Pod } from '../objects';
import { OURS, ofStack } from '../ownership';
import { readState, type State } from '../state';
import type { DesiredState } from './desired-state';
import { readLogs } from './logs';
import { readNameServers } from './name-servers';
import { readLabels, readNeighbours } from './neighbours';
import { readOtherPolicies } from './other-policies';
import { type NetworkPolicy, typesOf } from './policies';
import { readSeries } from './prometheus';
import { Reader } from './reader';
import { readSenders } from './senders/read';
import type { Lease, LiveObject, StorageClass, Survey } from './survey';

/**
 * Reads everything once.
 * @throws KubectlError if a request fails for another reason than a missing permission
 */
export async function readSurvey(kubectl: Kubectl, desired: DesiredState, signal: AbortSignal): Promise<Survey> {
  const reader = new Reader(kubectl);
  const { namespace } = desired;
  const [state, sending, foreignPods, objects, ownPolicies, labels, leases] = await Promise.all([
    readState(kubectl, desired),
    readSenders(reader, desired),
    kubectl.list<Pod>('pods', '-n', namespace, '-l', OURS.replace('=', '!=')),
    readObjects(reader, desired),
    reader.list<NetworkPolicy>({ resource: 'networkpolicies', namespace, unchecked: 'NetworkPolicies' }),
    readLabels(reader, namespace, `the labels of the namespace ${namespace}`),
    reader.list<Lease>(
      { resource: 'leases', namespace: 'kube-node-lease', unchecked: 'the clocks of the nodes' },
      '--show-managed-fields',
    ),
  ]);
  const outside = desired.outside.map((place) => place.namespace);
  const names = [...new Set([...outside, ...sending.senders.map((sender) => sender.namespace)])];
  const [{ neighbours, policies }, classes, series] = await Promise.all([
    readNeighbours(reader, names, outside),
    readClasses(reader, state),
    askPrometheus(reader, desired, state, signal),
  ]);
  const network = await readNetwork(reader, desired, policies);
  return {
    ...state,
    ...sending,
    ...network,
    labels: labels ?? null,
    foreignPods,
    objects,
    leases: leases ?? [],
    neighbours,
    policies: [...policies, ...(ownPolicies ?? [])],
    classes,
    logs: await readLogs(reader, desired, state, series),
    series,
    refused: reader.refused,
  };
}

/** What a policy that is not ours may be about; most clusters have none. @param foreign policies in namespaces of senders and targets */
async function readNetwork(
  reader: Reader,
  desired: DesiredState,
  foreign: readonly NetworkPolicy[],
): Promise<Pick<Survey, 'nameServers' | 'otherPolicies'>> {
  const cutsEgress = foreign.some(({ spec }) => typesOf(spec).includes('Egress'));
  const [nameServers, otherPolicies] = await Promise.all([
    cutsEgress ? readNameServers(reader, desired) : null,
    readOtherPolicies(reader),
  ]);
  return { nameServers, otherPolicies };
}

/** The objects of the stack's namespace that are compared with what is rendered. */
const readObjects = (reader: Reader, { namespace, objects }: DesiredState): Promise<readonly LiveObject[] | null> => {
  const kinds = [...new Set(objects.map(({ kind }) => kind.toLowerCase()))].sort();
  const wanted = { resource: kinds.join(','), namespace, unchecked: 'whether the objects are those that are rendered' };
  return reader.list<LiveObject>(wanted, '-l', ofStack(namespace));
};

/** StorageClasses explain a claim that waits. */
async function readClasses(reader: Reader, { claims }: State): Promise<readonly StorageClass[] | null> {
  if (claims.every(({ status }) => status?.phase === 'Bound')) return null;
  return reader.list<StorageClass>({ resource: 'storageclasses', namespace: null, unchecked: 'StorageClasses' });
}

/** Without a pod that is ready there is no answer, and the pod's problem is a finding of its own. */
async function askPrometheus(reader: Reader, desired: DesiredState, state: State, signal: AbortSignal) {
  const { namespace, places } = desired;
  const { prometheus } = places;
  const isReady = state.controllers.some(
    ({ metadata, status }) => metadata.name === prometheus.service && (status?.readyReplicas ?? 0) > 0,
  );
  if (!isReady) return null;
  const answer = await readSeries(reader.kubectl, { ...prometheus, namespace }, signal);
  if (!(answer instanceof Error)) return answer;
  reader.refuse({ resource: 'pods/portforward', namespace, unchecked: `what Prometheus knows (${answer.message})` });
  return null;
}
