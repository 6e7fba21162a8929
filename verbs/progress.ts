import type { DesiredState } from './doctor/desired-state';
import { diagnoseStart } from './doctor/diagnose';
import type { Finding } from './doctor/finding';
import type { Kubectl } from './kubectl';
import { KubectlError } from './kubectl-error';
import { printFindings } from './report';
import { isReady, podsOf, readState, type State } from './state';
import { pause, say } from './terminal';

/** How long the API server may be unreachable while waiting, in seconds. */
export const UNREACHABLE_SECONDS = 30;

/**
 * Waits until every workload is ready, and prints each change of state with the seconds since the start.
 * @returns whether all are ready; if not, the problems have been printed
 * @throws KubectlError if the API server stays unreachable
 */
export async function waitUntilReady(
  kubectl: Kubectl,
  desired: DesiredState,
  seconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  const start = Date.now();
  const shown = new Map<string, string>();
  let lastAnswer = start;
  let state: State | undefined;
  while (!signal.aborted) {
    try {
      state = await readState(kubectl, desired);
      lastAnswer = Date.now();
    } catch (error) {
      const unreachable = (Date.now() - lastAnswer) / 1000;
      if (!(error instanceof KubectlError && error.isUnreachable) || unreachable > UNREACHABLE_SECONDS) throw error;
    }
    const elapsed = (Date.now() - start) / 1000;
    if (state !== undefined) {
      const findings = printChanges(desired, state, shown, elapsed);
      if (desired.controllers.every((entry) => isEntryReady(entry, state)) && findings.length === 0) return true;
      if (elapsed > seconds) {
        say(`\nNot ready after ${seconds} seconds:\n`);
        await printFindings(kubectl, findings);
        return false;
      }
    }
    await pause(1, signal);
  }
  return false;
}

type Entry = DesiredState['controllers'][number];

const controllerOf = ({ kind, name }: Entry, state: State | undefined) =>
  state?.controllers.find((controller) => controller.kind === kind && controller.metadata.name === name);

function isEntryReady(entry: Entry, state: State | undefined): boolean {
  const controller = controllerOf(entry, state);
  return controller !== undefined && isReady(controller);
}

function printChanges(desired: DesiredState, state: State, shown: Map<string, string>, elapsed: number): Finding[] {
  const findings = diagnoseStart(desired, state);
  const width = Math.max(...desired.controllers.map(({ name }) => name.length));
  for (const entry of desired.controllers) {
    const text = isEntryReady(entry, state) ? 'ready' : stateText(entry, state);
    if (shown.get(entry.name) === text) continue;
    shown.set(entry.name, text);
    say(`${elapsed.toFixed(0).padStart(4)} s  ${entry.name.padEnd(width)}  ${text}`);
  }
  return findings;
}

/** What a workload is waiting for, in a few words. */
function stateText(entry: Entry, state: State): string {
  const controller = controllerOf(entry, state);
  if (controller === undefined) return 'not created yet';
  const words = podsOf(state, controller).map(({ status }) => {
    const waiting = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].find(
      (container) => container.state?.waiting !== undefined,
    );
    const reason = waiting?.state?.waiting?.reason;
    if (reason !== undefined) return reason;
    return status?.phase === 'Running' ? 'running, not ready' : (status?.phase ?? 'no pod');
  });
  const { readyReplicas = 0 } = controller.status ?? {};
  return `${readyReplicas}/${entry.replicas ?? controller.spec.replicas ?? 0} ready${words.length === 0 ? ', no pod' : `: ${[...new Set(words)].sort().join(', ')}`}`;
}
