import { guarded } from './guard';
import { notReady } from './keep-forwarding';
import type { Kubectl } from './kubectl';
import { KubectlError } from './kubectl-error';

/** How long kubectl may take to listen, in milliseconds. */
const LISTEN_TIMEOUT = 60_000;

/** A port of a Service in the cluster. */
export interface ServicePort {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

/** A port of one pod. */
export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/**
 * Forwards a port of a Service or a pod to a free port of this machine, while something is done with it. The NetworkPolicies admit no other way, and
 * kubectl's own `get --raw` hides what a program answers to a wrong request.
 * @param action gets the address, as `127.0.0.1:40123`
 * @throws KubectlError if nothing can be forwarded
 * @throws the signal's reason if the signal is aborted, before or while the action runs
 */
export async function whileForwarded<Result>(
  kubectl: Kubectl,
  target: ServicePort | PodPort,
  signal: AbortSignal,
  action: (address: string) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const { namespace, port } = target;
  const name = 'pod' in target ? `pod/${target.pod}` : `service/${target.service}`;
  const args = ['-n', namespace, 'port-forward', name, `:${port}`, '--address=127.0.0.1'];
  // kubectl would wait for a pod for a minute.
  const reason = 'pod' in target ? null : await notReady(kubectl, namespace, target.service);
  if (reason !== null) throw new KubectlError(args, reason);
  const done = new AbortController();
  try {
    return await action(await listening(kubectl, args, AbortSignal.any([signal, done.signal])));
  } catch (error) {
    // The forward ends with the signal, and breaks off what went through it.
    signal.throwIfAborted();
    throw error;
  } finally {
    done.abort();
  }
}

/** Starts a forward, which stays until the signal is aborted. @returns its address once it listens */
const listening = (kubectl: Kubectl, args: readonly string[], signal: AbortSignal): Promise<string> =>
  new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new KubectlError(args, reason));
    const timer = setTimeout(() => fail(`no port was forwarded within ${LISTEN_TIMEOUT / 1000} s`), LISTEN_TIMEOUT);
    guarded(kubectl, args, signal, (line) => {
      clearTimeout(timer);
      resolve(/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '');
    })
      .then(fail, reject)
      .finally(() => clearTimeout(timer));
  });
