/** Stops a program and starts it again. An annotation remembers how many pods it had, so that the next command can repair a killed one. */
import type { Kubectl } from '../kubectl';
import type { Controller } from '../objects';
import { ofStack } from '../ownership';
import { say } from '../terminal';
import { type HelperContext, removeHelpers } from './helper';
import { runKubectl } from './process';

/** How many pods a program had before it was stopped for a backup or a restore. */
const REPLICAS_BEFORE = 'cdk8s-observability/replicas-before-backup';

const patch = (
  kubectl: Kubectl,
  namespace: string,
  controller: string,
  replicas: number | null,
  before: string | null,
) =>
  kubectl.text([
    ...['patch', '-n', namespace, controller, '--type=merge', '-p'],
    JSON.stringify({
      metadata: { annotations: { [REPLICAS_BEFORE]: before } },
      ...(replicas !== null && { spec: { replicas } }),
    }),
  ]);

/** A program that was stopped. */
export interface Stopped {
  readonly controller: string;
  readonly replicas: number;
}

/**
 * Stops a program, and waits until its pods are gone.
 * @param controller as `deployment/jaeger`
 * @returns what `resume` needs; null: it is not there, or was stopped already
 */
export async function stop(context: HelperContext, controller: string): Promise<Stopped | null> {
  const { kubectl, config, timeoutSeconds, signal } = context;
  const found = await kubectl.text(['get', '-n', config.namespace, controller, '--ignore-not-found', '-o', 'json']);
  if (found === '') return null;
  const { spec } = JSON.parse(found) as Controller;
  const replicas = spec.replicas ?? 1;
  if (replicas === 0) return null;
  await patch(kubectl, config.namespace, controller, 0, String(replicas));
  const stopped = { controller, replicas };
  try {
    const selector = Object.entries(spec.selector.matchLabels).map(([name, value]) => `${name}=${value}`);
    const pods = ['-n', config.namespace, 'pod', '-l', selector.join(','), `--timeout=${timeoutSeconds}s`];
    await runKubectl(kubectl, ['wait', ...pods, '--for=delete'], signal);
  } catch (error) {
    await resume(context, stopped);
    throw error;
  }
  return stopped;
}

/** How often a program is started again while the API server does not answer. */
const TRIES = 10;

/** Starts a program again, also after Ctrl-C. It does not wait until it is ready. */
export async function resume({ kubectl, config }: HelperContext, { controller, replicas }: Stopped): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await patch(kubectl, config.namespace, controller, replicas, null);
      return;
    } catch (error) {
      if (tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

/** Waits until a program that was started is ready. */
export const waitUntilStarted = ({ kubectl, config, timeoutSeconds, signal }: HelperContext, controller: string) =>
  runKubectl(
    kubectl,
    ['rollout', 'status', '-n', config.namespace, controller, `--timeout=${timeoutSeconds}s`],
    signal,
  );

/** Repairs what a killed backup or restore has left: programs that are stopped, and pods that copied data. */
export async function repair(kubectl: Kubectl, namespace: string): Promise<void> {
  await removeHelpers(kubectl, namespace);
  const controllers = await kubectl.list<Controller>(
    'deployments,statefulsets',
    '-n',
    namespace,
    '-l',
    ofStack(namespace),
  );
  for (const { kind, metadata, spec } of controllers) {
    const before = metadata.annotations?.[REPLICAS_BEFORE];
    if (before === undefined) continue;
    const controller = `${kind.toLowerCase()}/${metadata.name}`;
    await patch(kubectl, namespace, controller, spec.replicas === 0 ? Number(before) : null, null);
    if (spec.replicas === 0) say(`${controller} was left stopped by a command that was killed: started again`);
  }
}
