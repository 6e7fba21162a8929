/** Containers that are not created, end, or are not ready. */

import { type AnyCause, type At, type Cause, entryOf } from '../cause';
import { waitAgain } from '../wait-again';

/** What Kubernetes says about a pod or a container: one line, without `cause`. */
interface Said {
  readonly text: string;
}
const says = ({ text }: Said) => text;
const restores = ({ commands }: At) => `${commands.make('monitor-up')} restores what is rendered`;
const example = (at: At, text: string) => ({ part: `Deployment/${at.places.jaegerReader.service}`, details: { text } });

export const CONFIG_OBJECT: Cause<Said> = {
  id: 'config-object-missing',
  section: 'start',
  title: 'A variable refers to a missing Secret or ConfigMap',
  meaning: 'An environment variable of the container comes from an object or a key that does not exist.',
  found: 'The container waits with CreateContainerConfigError, whose message names the object.',
  says,
  next: (at) => `create the Secret or ConfigMap that the message names; ${restores(at)}`,
  example: (at) =>
    example(at, 'container jaeger of jaeger-6c9: CreateContainerConfigError: secret "opensearch" not found'),
};

export const CONTAINER_ERROR: Cause<Said & { readonly pod: string; readonly namespace: string }> = {
  id: 'container-not-created',
  section: 'start',
  title: 'The runtime cannot create the container',
  meaning: 'The command does not exist in the image, or the node refuses the container.',
  found: 'The container waits with CreateContainerError or RunContainerError.',
  says,
  next: (at, { pod, namespace }) => `${at.commands.kubectl(`-n ${namespace} describe pod ${pod}`)}; ${restores(at)}`,
  example: (at) => ({
    part: `Deployment/${at.places.jaegerReader.service}`,
    details: {
      text: 'container jaeger of jaeger-6c9: RunContainerError: exec: "/jaeger": no such file or directory',
      pod: 'jaeger-6c9',
      namespace: at.places.namespace,
    },
  }),
};

export const MOUNT_NOT_SHARED: Cause<Said> = {
  id: 'mount-not-shared',
  section: 'start',
  title: 'A node does not share its mounts',
  meaning:
    "node-exporter mounts the root of the node. A node that does not run systemd, such as Docker Desktop's, does not share it (prometheus/node_exporter issue 2742).",
  found: 'The container waits, and the message says "not a shared or slave mount".',
  says,
  next: () => 'on the node: mount --make-rshared /; if you cannot change the node: nodeExporter.enabled: false',
  example: () => ({
    part: 'DaemonSet/node-exporter',
    details: {
      text: 'container node-exporter of node-exporter-x2: CreateContainerError: path "/" is mounted on "/" but it is not a shared or slave mount',
    },
  }),
};

export const OUT_OF_MEMORY: Cause<Said> = {
  id: 'out-of-memory',
  section: 'start',
  title: 'A container needs more memory than its limit',
  meaning: 'The kernel ends the program at its memory limit. The kubelet restarts it, until it needs as much again.',
  found: 'The last state of the container is OOMKilled.',
  says,
  next: () => 'raise resources.memory of the component in the environment file',
  example: (at) =>
    example(at, 'container jaeger of jaeger-6c9 needed more memory than its limit (OOMKilled), 3 restarts'),
};

export const CONFIG_REJECTED: Cause<Said> = {
  id: 'config-rejected',
  section: 'start',
  title: 'A program rejects its configuration',
  meaning:
    'A patch in the environment file changed a configuration file or an argument into something that the program cannot load. make synth checks settings, and not what a patch changes.',
  found: 'The container has ended, and its last log lines are about its configuration or its flags.',
  says,
  next: (at) =>
    `correct the patch in environments/${at.places.environment}.yaml; make conformance lets the real program judge it; then ${at.commands.make('monitor-up')}`,
  example: (at) =>
    example(
      at,
      'container jaeger of jaeger-6c9 rejects its configuration, 5 restarts: cannot unmarshal the configuration',
    ),
};

export const CRASH: Cause<Said> = {
  id: 'program-exits',
  section: 'start',
  title: 'A program exits',
  meaning: 'The program starts and ends again, and its log does not have one of the known reasons.',
  found: 'The last state of the container is terminated. The last lines of its log are printed.',
  says,
  next: () => 'its last log lines say why; make synth checks settings, but not what a patch changes',
  example: (at) => example(at, 'container jaeger of jaeger-6c9 exits with code 1, 5 restarts'),
};

export const NOT_READY: Cause<Said & { readonly pod: string; readonly container: string; readonly namespace: string }> =
  {
    id: 'not-ready',
    section: 'start',
    title: 'A program runs but is not ready',
    meaning: 'The program is still loading, or cannot reach something that it needs.',
    found: 'The container runs and its readiness probe fails. The last lines of its log are printed.',
    says,
    next: ({ commands: { kubectl } }, { namespace, pod, container }) =>
      kubectl(`-n ${namespace} logs ${pod} -c ${container}`),
    example: (at) => ({
      part: `Deployment/${at.places.jaegerReader.service}`,
      details: {
        text: 'container jaeger of jaeger-6c9 is running but not ready: Readiness probe failed: HTTP probe failed with statuscode: 503',
        pod: 'jaeger-6c9',
        container: 'jaeger',
        namespace: at.places.namespace,
      },
    }),
  };

export const STARTING: Cause<Said> = {
  id: 'starting',
  section: 'start',
  title: 'A pod is starting',
  meaning: 'Its image is being pulled or its containers are being created. This is not a mistake.',
  found: 'The pod is not ready, and nothing says that something failed.',
  says,
  next: ({ commands }) => waitAgain(commands),
  example: (at) => example(at, 'pod jaeger-6c9 is starting: Pulling image "jaegertracing/jaeger:2.20.0"'),
};

/** In the order of the page. */
export const CONTAINER_CAUSES: readonly AnyCause[] = [
  entryOf(CONFIG_OBJECT),
  entryOf(CONTAINER_ERROR),
  ...[MOUNT_NOT_SHARED, OUT_OF_MEMORY, CONFIG_REJECTED, CRASH].map(entryOf),
  entryOf(NOT_READY),
  entryOf(STARTING),
];
