/** Stops a program and starts it again. An annotation remembers how many pods it had, so that the next command can start it too. */
import { labelSelector } from '../../lib/labels';
import type { Kubectl } from '../kubectl';
import type { Controller, Pod } from '../objects';
import { ofStack } from '../ownership';
import { VerbError, type VerbProblem } from '../terminal';
import type { HelperContext } from './helper';
import { NEVER, runKubectl } from './process';

/** How many pods a program had before it was stopped for a backup or a restore. */
const REPLICAS_BEFORE = 'cdk8s-observability/replicas-before-backup';

const patch = (
  kubectl: Kubectl,
  namespace: string,
  controller: string,
  replicas: number | null,
  before: string | null,
) => {
  const spec = replicas === null ? {} : { spec: { replicas } };
  const change = JSON.stringify({ metadata: { annotations: { [REPLICAS_BEFORE]: before } }, ...spec });
  return runKubectl(kubectl, ['patch', '-n', namespace, controller, '--type=merge', '-p', change], NEVER);
};

/** A program that was stopped. */
export interface Stopped {
  readonly controller: string;
  readonly replicas: number;
}

async function find({ kubectl, config }: HelperContext, controller: string): Promise<Controller | null> {
  const text = await kubectl.text(['get', '-n', config.namespace, controller, '--ignore-not-found', '-o', 'json']);
  return text === '' ? null : (JSON.parse(text) as Controller);
}

const selectorOf = ({ spec }: Controller) => labelSelector(spec.selector.matchLabels);

/**
 * Stops a program, and waits until its pods are gone.
 * @param controller as `deployment/jaeger`
 * @returns what `resume` needs; null: it is not there, or was stopped already
 */
export async function stop(context: HelperContext, controller: string): Promise<Stopped | null> {
  const { kubectl, config, timeoutSeconds, signal } = context;
  const found = await find(context, controller);
  const replicas = found?.spec.replicas ?? 1;
  if (found === null || replicas === 0) return null;
  const stopped = { controller, replicas };
  try {
    await patch(kubectl, config.namespace, controller, 0, String(replicas));
    const pods = ['-n', config.namespace, 'pod', '-l', selectorOf(found), `--timeout=${timeoutSeconds}s`];
    await runKubectl(kubectl, ['wait', ...pods, '--for=delete'], signal);
  } catch (error) {
    await resume(context, stopped);
    throw error;
  }
  return stopped;
}

/** An evicted pod stays in the list; its programs have ended. */
const mayWrite = ({ status }: Pod) => !['Failed', 'Succeeded'].includes(status?.phase ?? '');

/**
 * Makes sure that programs are still stopped: a tool that keeps the rendered replicas, or a colleague, may have started them.
 * @throws VerbError with each program that is not
 */
export async function requireStopped(context: HelperContext, controllers: readonly string[]): Promise<void> {
  const { kubectl, config } = context;
  const problems: VerbProblem[] = [];
  for (const controller of controllers) {
    const found = await find(context, controller);
    if (found === null) continue;
    const pods = await kubectl.list<Pod>('pods', '-n', config.namespace, '-l', selectorOf(found));
    if ((found.spec.replicas ?? 1) === 0 && !pods.some(mayWrite)) continue;
    problems.push({
      what: `${controller} was started by something else while its data is copied or replaced`,
      fix: 'pause what sets its replicas (Argo CD, Flux, an autoscaler), and run the command again',
    });
  }
  if (problems.length > 0) throw new VerbError(problems);
}

/** How often a program is started again while the API server does not answer. */
const TRIES = 10;

/** Starts a program again, also after Ctrl-C. It does not wait until it is ready. */
export async function resume(
  { kubectl, config }: Pick<HelperContext, 'kubectl' | 'config'>,
  { controller, replicas }: Stopped,
): Promise<void> {
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

/**
 * Starts every program that is stopped for a backup or a restore: those that this command has stopped, or one that was killed.
 * @returns those that were started
 * @throws VerbError with each program that could not be started, and the command that does it
 */
export async function resumeAll(work: Pick<HelperContext, 'kubectl' | 'config'>): Promise<readonly string[]> {
  const { kubectl, config } = work;
  const { namespace } = config;
  const kinds = 'deployments,statefulsets';
  const found = await kubectl.list<Controller>(kinds, '-n', namespace, '-l', ofStack(namespace));
  const started: string[] = [];
  const problems: VerbProblem[] = [];
  for (const { kind, metadata, spec } of found) {
    const before = metadata.annotations?.[REPLICAS_BEFORE];
    if (before === undefined) continue;
    const controller = `${kind.toLowerCase()}/${metadata.name}`;
    const isStopped = spec.replicas === 0;
    try {
      if (isStopped) await resume(work, { controller, replicas: Number(before) });
      else await patch(kubectl, namespace, controller, null, null);
      if (isStopped) started.push(controller);
    } catch (error) {
      const scale = kubectl.commands.kubectl(`-n ${namespace} scale ${controller} --replicas=${before}`);
      problems.push({ what: `${controller} is stopped: ${(error as Error).message}`, fix: scale });
    }
  }
  if (problems.length > 0) throw new VerbError(problems);
  return started;
}
