import type { Forward } from './forward';
import { guarded } from './guard';
import type { Kubectl } from './kubectl';
import { KubectlError } from './kubectl-error';
import { exitReason, nextDelay, Outages } from './outages';
import { pause, say } from './terminal';

/**
 * Forwards ports until the signal is aborted. kubectl exits when the pod is gone or any connection fails. The forward is then restarted as
 * soon as a pod is ready. Each kubectl has a guard process, so that none is left running.
 */
export async function forwardPorts(
  kubectl: Kubectl,
  namespace: string,
  forwards: readonly Forward[],
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(forwards.map((forward) => keepForwarding(kubectl, namespace, forward, signal)));
}

async function keepForwarding(
  kubectl: Kubectl,
  namespace: string,
  { service, local, remote }: Forward,
  signal: AbortSignal,
): Promise<void> {
  const args = ['-n', namespace, 'port-forward', `service/${service}`, `${local}:${remote}`, '--address=127.0.0.1'];
  const outages = new Outages(local, service);
  const print = (line: string | null) => line !== null && say(line);
  let delay: number | null = null;
  while (!signal.aborted) {
    const started = Date.now();
    const errors = await guarded(kubectl, args, signal, () => print(outages.up(Date.now())));
    if (signal.aborted) return;
    print(outages.down(Date.now(), exitReason(errors)));
    delay = nextDelay(delay, Date.now() - started);
    await pause(delay / 1000, signal);
    for (let reason = await notReady(kubectl, namespace, service); reason !== null && !signal.aborted; ) {
      print(outages.down(Date.now(), reason));
      await pause(POLL_SECONDS, signal);
      reason = await notReady(kubectl, namespace, service);
    }
  }
}

/** Interval between checks for a ready pod, in seconds. */
const POLL_SECONDS = 1;

interface Slice {
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[] | null;
}

/** Why a Service has no pod to forward to; null if it has one, or if the permission to check is missing: then kubectl just tries. */
export async function notReady(kubectl: Kubectl, namespace: string, service: string): Promise<string | null> {
  try {
    const slices = await kubectl.list<Slice>(
      'endpointslices',
      ...['-n', namespace, '-l', `kubernetes.io/service-name=${service}`],
    );
    const isReady = slices.some(({ endpoints }) => endpoints?.some(({ conditions }) => conditions?.ready !== false));
    return isReady ? null : 'no pod is ready';
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    return error.isForbidden ? null : error.stderr.trim();
  }
}
