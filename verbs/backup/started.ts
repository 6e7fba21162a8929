/** Whether programs have started with data that was put into place: the evidence on which old data is deleted or put back. */
import { setTimeout } from 'node:timers/promises';
import { controllersOf, type Expected, hasNoPods } from '../expected';
import type { ContainerStatus, Controller, Pod } from '../objects';
import { ofStack } from '../ownership';
import { Patience } from '../patience';
import { isReady, podsOf } from '../state';
import { programsOf } from './go-back';
import type { HelperContext } from './helper';
import type { Store } from './stores';

/** `off`: the environment gives it no pods. `failed`: its containers end again and again. */
export type Start = 'ready' | 'off' | 'starting' | 'failed';

/** A program, and how its start goes. */
export interface Started {
  /** As `deployment/jaeger`. */
  readonly controller: string;
  readonly start: Start;
  /** Why it has failed; empty otherwise. */
  readonly reason: string;
}

/** A container that has ended so often has not been stopped by chance. */
const RESTARTS = 2;

const hasFailed = ({ ready, restartCount, state }: ContainerStatus) =>
  !ready && (state?.waiting?.reason === 'CrashLoopBackOff' || restartCount >= RESTARTS);

/**
 * How a program's start goes.
 * @param pods pods that were made since the data was put into place
 */
export function startOf(controller: Controller | undefined, pods: readonly Pod[]): Pick<Started, 'start' | 'reason'> {
  // Without replicas a controller is "ready" too: no program has opened the data.
  if (controller !== undefined && (controller.spec.replicas ?? 1) > 0 && isReady(controller))
    return { start: 'ready', reason: '' };
  const failed = pods
    .flatMap(({ status }) => [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])])
    .find(hasFailed);
  if (failed === undefined) return { start: 'starting', reason: '' };
  const last = failed.lastState?.terminated ?? failed.state?.terminated;
  const code = last?.exitCode === undefined ? '' : `, exit code: ${last.exitCode}`;
  const reason = `container ${failed.name} ends again and again (restarts: ${failed.restartCount}${code})`;
  return { start: 'failed', reason };
}

/** How the starts of all programs of some claims go. @throws KubectlError */
export async function startsOf(
  { kubectl, config: { namespace } }: HelperContext,
  expected: Expected,
  stores: readonly Store[],
): Promise<readonly Started[]> {
  const kinds = 'deployments,statefulsets,pods';
  const found = await kubectl.list<Controller | Pod>(kinds, '-n', namespace, '-l', ofStack(namespace));
  const nameOf = ({ kind = '', metadata: { name } }: { kind?: string; metadata: { name: string } }) =>
    `${kind.toLowerCase()}/${name}`;
  const isPod = (item: Controller | Pod): item is Pod => 'kind' in item && item.kind === 'Pod';
  const pods = found.filter(isPod);
  const off = new Set(controllersOf(expected).filter(hasNoPods).map(nameOf));
  return programsOf(stores).map((name) => {
    if (off.has(name)) return { controller: name, start: 'off', reason: '' };
    const controller = found.find((item): item is Controller => !isPod(item) && nameOf(item) === name);
    return { controller: name, ...startOf(controller, controller === undefined ? [] : podsOf({ pods }, controller)) };
  });
}

interface Probe {
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly failureThreshold?: number;
}

/** The longest time that a startup probe gives one of the programs, in seconds; the defaults are Kubernetes'. */
export const startSeconds = (stores: readonly Store[]): number =>
  Math.max(
    0,
    ...stores
      .flatMap(({ pod }) => pod.containers as readonly { readonly startupProbe?: Probe }[])
      .map(({ startupProbe: probe }) =>
        probe === undefined
          ? 0
          : (probe.initialDelaySeconds ?? 0) + (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3),
      ),
  );

const isOver = (started: readonly Started[]) =>
  started.some(({ start }) => start === 'failed') || started.every(({ start }) => start !== 'starting');

/**
 * Waits until all programs have started or one has failed: for the time in which a pod must be there (`TIMEOUT`), and then for the time that
 * the startup probes give them. Ctrl-C ends it.
 * @throws KubectlError if the API server stays unreachable
 */
export async function awaitStart(
  work: HelperContext,
  expected: Expected,
  stores: readonly Store[],
): Promise<readonly Started[]> {
  const deadline = Date.now() + (work.timeoutSeconds + startSeconds(stores)) * 1000;
  const patience = new Patience();
  let started: readonly Started[] = programsOf(stores).map((controller) => ({
    controller,
    start: 'starting',
    reason: '',
  }));
  while (!work.signal.aborted && Date.now() < deadline) {
    started = (await patience.read(() => startsOf(work, expected, stores))) ?? started;
    if (isOver(started)) break;
    await setTimeout(1000, undefined, { signal: work.signal }).catch(() => undefined);
  }
  return started;
}
