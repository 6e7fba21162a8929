/** Pods that copy data: they mount a claim, have a shell, and no token and no network. */
import { DATA } from '../../charts/backup/collect';
import { imageOf } from '../../config/images';
import { labelSelector, objectLabels, selectorLabels } from '../../lib/labels';
import { onNodeOf } from '../../lib/placement';
import { CONTAINER_SECURITY } from '../../lib/pod-security';
import type { Config } from '../../stack/config';
import type { Kubectl } from '../kubectl';
import { KubectlError } from '../kubectl-error';
import type { Pod } from '../objects';
import { VerbError } from '../terminal';
import { untilIdle } from './idle';
import { NEVER, runKubectl, type Streams } from './process';
import { CLEAN } from './scripts';
import type { RenderedPod, Store } from './stores';

/** Role and name of the pods that a backup or a restore starts. No Service selects them, and no NetworkPolicy allows them anything. */
const identityIn = (namespace: string) => ({ name: 'monitor-backup', component: 'backup', instance: namespace });

/** What all these pods share. */
export const podLabelsIn = (namespace: string) => ({
  ...objectLabels(namespace),
  ...selectorLabels(identityIn(namespace)),
});

const selectorIn = (namespace: string) => labelSelector(selectorLabels(identityIn(namespace)));

/** Where a pod may run, as the program's own pods have it. */
export const placedAs = ({ nodeSelector, tolerations, imagePullSecrets }: RenderedPod) => ({
  ...(nodeSelector !== undefined && { nodeSelector }),
  ...(tolerations !== undefined && { tolerations }),
  ...(imagePullSecrets !== undefined && { imagePullSecrets }),
});

const CLAIM_LABEL = 'cdk8s-observability/backup-of';

/** The label by which the pod of a claim is found. */
export const claimLabel = (claim: string) => ({ [CLAIM_LABEL]: claim });

const nameOf = ({ claim }: Store) => `backup-${claim}`;

function helperPod({ namespace, images }: Config, store: Store, besideProgram: boolean): object {
  const size = { cpu: '10m', memory: '128Mi', 'ephemeral-storage': '64Mi' };
  const { cpu: _, ...limits } = size;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: nameOf(store), namespace, labels: { ...podLabelsIn(namespace), ...claimLabel(store.claim) } },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: store.pod.securityContext,
      ...placedAs(store.pod),
      ...(besideProgram && { affinity: onNodeOf(store.labels) }),
      containers: [
        {
          name: 'tools',
          image: imageOf('backupTools', images).reference,
          imagePullPolicy: 'IfNotPresent',
          command: ['sh', '-c', untilIdle()],
          resources: { requests: size, limits },
          securityContext: CONTAINER_SECURITY,
          volumeMounts: [
            { name: 'data', mountPath: DATA },
            { name: 'tmp', mountPath: '/tmp' },
          ],
        },
      ],
      volumes: [
        { name: 'data', persistentVolumeClaim: { claimName: store.claim } },
        { name: 'tmp', emptyDir: { sizeLimit: '32Mi' } },
      ],
    },
  };
}

/** A shell on a claim. */
export interface Helper {
  readonly pod: string;
  /** Runs a shell script. @returns its output */
  run(script: string, streams?: Streams): Promise<string>;
  /** Deletes the pod. */
  remove(): Promise<void>;
}

/** What starting a helper needs. */
export interface HelperContext {
  readonly kubectl: Kubectl;
  readonly config: Config;
  readonly signal: AbortSignal;
  readonly timeoutSeconds: number;
}

/** Whether a pod is on a node: it mounts its claims there, or is about to. */
const isPlaced = ({ spec, status }: Pod) =>
  spec.nodeName !== undefined && ['Pending', 'Running'].includes(status?.phase ?? '');

/**
 * Starts a helper: on the node of the program's pod while that runs, otherwise wherever the claim can be mounted.
 * @throws VerbError if it does not start; then there is no pod
 */
export async function startHelper(context: HelperContext, store: Store): Promise<Helper> {
  const { kubectl, config, signal } = context;
  const { namespace } = config;
  const pod = nameOf(store);
  const remove = () => removePod(kubectl, namespace, pod);
  const found = await kubectl.list<Pod>('pods', '-n', namespace, '-l', labelSelector(store.labels));
  try {
    const input = JSON.stringify(helperPod(config, store, found.some(isPlaced)));
    await runKubectl(kubectl, ['apply', '-f', '-'], signal, { input });
    await waitForPod(context, pod, `the pod that reads ${store.claim}`);
  } catch (error) {
    await remove().catch(() => undefined);
    throw error;
  }
  return {
    pod,
    run: (script, streams = {}) => {
      const input = streams.input === undefined ? [] : ['-i'];
      const command = ['exec', ...input, '-n', namespace, pod, '-c', 'tools', '--', 'sh', '-c', script];
      return runKubectl(kubectl, command, streams.signal ?? signal, streams);
    },
    remove,
  };
}

/** Waits until a pod is ready. @throws VerbError with the reason if it does not become ready */
export async function waitForPod(context: HelperContext, pod: string, title: string): Promise<void> {
  const { kubectl, config, signal, timeoutSeconds } = context;
  const place = ['-n', config.namespace, 'pod', pod];
  try {
    const wait = ['wait', ...place, '--for=condition=Ready', `--timeout=${timeoutSeconds}s`];
    await runKubectl(kubectl, wait, signal);
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    const log = await kubectl.run(['logs', '-n', config.namespace, pod, '--tail=5', '--request-timeout=10s']);
    const events = await kubectl.run(['events', '-n', config.namespace, `--for=pod/${pod}`, '--no-headers']);
    const reason = [log.stdout.trim(), events.stdout.trim().split('\n').slice(-3).join('\n')]
      .filter(Boolean)
      .join('\n');
    const what = `${title} did not become ready in ${timeoutSeconds} s:\n${reason === '' ? error.stderr.trim() : reason}`;
    throw new VerbError([{ what, fix: 'look at the reason above; TIMEOUT=SECONDS waits longer' }]);
  }
}

/** Deletes a pod, and waits until it is gone: only then may another node mount its claim. */
export const removePod = async (kubectl: Kubectl, namespace: string, pod: string): Promise<void> => {
  const options = ['--ignore-not-found', '--wait', '--timeout=60s'];
  await runKubectl(kubectl, ['delete', 'pod', '-n', namespace, pod, ...options], NEVER);
};

/** Deletes the pods that a killed backup or restore has left, and the copies that a killed backup has left on their claims. */
export async function removeHelpers(kubectl: Kubectl, namespace: string): Promise<void> {
  const own = ['-n', namespace, '-l', selectorIn(namespace)];
  for (const { metadata, status } of await kubectl.list<Pod>('pods', ...own)) {
    if (status?.phase !== 'Running' || metadata.labels?.[CLAIM_LABEL] === undefined) continue;
    await kubectl.run(['exec', '-n', namespace, metadata.name, '-c', 'tools', '--', 'sh', '-c', CLEAN]);
  }
  const options = [...own, '--ignore-not-found', '--wait', '--timeout=60s'];
  await kubectl.text(['delete', 'pod', ...options]);
}
