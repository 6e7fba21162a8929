import type { Forward } from './forward';
import { guarded } from './guard';
import type { Kubectl } from './kubectl';
import { KubectlError } from './kubectl-error';
import { nextDelay, Outages, reasonOf } from './outages';
import { pause, say } from './terminal';

/**
 * Forwards ports until the signal is given. A forward ends with its pod, and with any connection that fails: kubectl gives it up
 * as a whole. It is begun again as soon as a pod is ready. Each kubectl has a guard process, so that none is left behind.
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
    const begun = Date.now();
    const complaint = await guarded(kubectl, args, signal, () => print(outages.up(Date.now())));
    if (signal.aborted) return;
    print(outages.down(Date.now(), reasonOf(complaint)));
    delay = nextDelay(delay, Date.now() - begun);
    await pause(delay / 1000, signal);
    for (let why = await notReady(kubectl, namespace, service); why !== null && !signal.aborted; ) {
      print(outages.down(Date.now(), why));
      await pause(LOOK_SECONDS, signal);
      why = await notReady(kubectl, namespace, service);
    }
  }
}

/** How often a ready pod is looked for, in seconds. */
const LOOK_SECONDS = 1;

interface Slice {
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[] | null;
}

/** Why a Service has no pod to forward to; null where it has one, or where we may not ask: then kubectl is asked to forward. */
async function notReady(kubectl: Kubectl, namespace: string, service: string): Promise<string | null> {
  try {
    const slices = await kubectl.list<Slice>(
      'endpointslices',
      ...['-n', namespace, '-l', `kubernetes.io/service-name=${service}`],
    );
    const isThere = slices.some(({ endpoints }) => endpoints?.some(({ conditions }) => conditions?.ready !== false));
    return isThere ? null : 'no pod of it is ready';
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    return error.isForbidden ? null : error.stderr.trim();
  }
}
