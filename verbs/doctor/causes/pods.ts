/** Pods that are not scheduled, or whose volumes cannot be mounted. */

import { type AnyCause, type At, type Cause, entryOf } from '../cause';
import { waitAgain } from '../wait-again';

/** What Kubernetes says about a pod or a container: one line, without `cause`. */
interface Said {
  readonly text: string;
}
const says = ({ text }: Said) => text;
const restores = ({ commands }: At) => `${commands.make('monitor-up')} restores what is rendered`;
const example = (at: At, text: string) => ({ part: `Deployment/${at.places.jaegerReader.service}`, details: { text } });

export const NO_ROOM: Cause<Said> = {
  id: 'no-room',
  section: 'start',
  title: 'No node has room',
  meaning: 'The nodes have less CPU, memory, disk or pods left than the pod requests.',
  found: 'The condition PodScheduled says "Insufficient" or "Too many pods".',
  says,
  next: () => 'add a node, or lower resources in the environment file',
  example: (at) => example(at, 'pod jaeger-6c9 cannot be scheduled: 0/1 nodes are available: 1 Insufficient memory.'),
};

export const TAINTED: Cause<Said> = {
  id: 'nodes-tainted',
  section: 'start',
  title: 'The nodes have a taint',
  meaning: 'No node is left without a taint that the pod does not tolerate. A node that is not ready is tainted too.',
  found: 'The condition PodScheduled names the taint.',
  says,
  next: ({ commands: { kubectl } }) =>
    `make a node ready or remove its taint: ${kubectl('describe nodes')}; or add a toleration with patches in the environment file`,
  example: (at) =>
    example(at, 'pod jaeger-6c9 cannot be scheduled: 0/1 nodes are available: 1 node(s) had untolerated taint(s).'),
};

export const UNSCHEDULABLE: Cause<Said> = {
  id: 'unschedulable',
  section: 'start',
  title: 'No node matches the pod',
  meaning: 'A node selector, an affinity, or the node of its volume excludes every node.',
  found: 'The condition PodScheduled has the message of the scheduler.',
  says,
  next: ({ commands: { kubectl } }) => kubectl('describe nodes'),
  example: (at) =>
    example(
      at,
      "pod jaeger-6c9 cannot be scheduled: 0/1 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity.",
    ),
};

export const MOUNT_FAILED: Cause<Said> = {
  id: 'mount-failed',
  section: 'start',
  title: 'A volume cannot be mounted',
  meaning: 'A ConfigMap or Secret that the pod mounts does not exist, or a disk cannot be attached to its node.',
  found:
    'The newest FailedMount or FailedAttachVolume event of the pod, where no later event shows that its volumes are mounted.',
  says,
  next: (at) => `create the object that the message names; ${restores(at)}`,
  example: (at) => example(at, 'pod jaeger-6c9 cannot mount a volume: configmap "jaeger-config" not found'),
};

export const EVICTED: Cause<Said> = {
  id: 'evicted',
  section: 'start',
  title: 'A node has evicted a pod',
  meaning:
    'The node ran out of memory or disk, or the pod used more local storage than its limit. The kubelet ends the pod; where no new one runs, no node has room for it.',
  found: 'The phase of the pod is Failed with the reason Evicted, and no other pod has replaced it.',
  says,
  next: ({ commands: { kubectl } }) =>
    `make room on the nodes, or lower resources in the environment file: ${kubectl('describe nodes')}`,
  example: (at) => example(at, 'pod jaeger-6c9 was evicted: The node was low on resource: ephemeral-storage.'),
};

export const POD_FAILED: Cause<Said> = {
  id: 'pod-failed',
  section: 'start',
  title: 'A node has ended a pod',
  meaning:
    'The node was shut down, or does not admit the pod any more. A new pod is made for it; this one stays as a record.',
  found: 'The phase of the pod is Failed or Succeeded, its reason is in its status, and no other pod has replaced it.',
  says,
  next: ({ commands }) => waitAgain(commands),
  example: (at) =>
    example(
      at,
      'pod jaeger-6c9 was ended by its node: Terminated: Pod was terminated in response to imminent node shutdown.',
    ),
};

/** In the order of the page. */
export const POD_CAUSES: readonly AnyCause[] = [NO_ROOM, TAINTED, UNSCHEDULABLE, MOUNT_FAILED, EVICTED, POD_FAILED].map(
  entryOf,
);
