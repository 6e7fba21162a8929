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
 */
export async function whileForwarded<Result>(
  kubectl: Kubectl,
  target: ServicePort | PodPort,
  signal: AbortSignal,
  action: (address: string) => Promise<Result>,
): Promise<Result> {
  const { namespace, port } = target;
  const name = 'pod' in target ? `pod/${target.pod}` : `service/${target.service}`;
  const args = ['-n', namespace, 'port-forward', name, `:${port}`, '--address=127.0.0.1'];
  // kubectl would wait for a pod for a minute.
  const reason = 'pod' in target ? null : await notReady(kubectl, namespace, target.service);
  if (reason !== null) throw new KubectlError(args, reason);
  const done = new AbortController();
  try {
    const address = await new Promise<string>((resolve, reject) => {
      const late = AbortSignal.timeout(LISTEN_TIMEOUT);
      const fail = (reason: string) => reject(new KubectlError(args, reason));
      late.addEventListener('abort', () => fail(`no port was forwarded within ${LISTEN_TIMEOUT / 1000} s`));
      guarded(kubectl, args, AbortSignal.any([signal, done.signal]), (line) =>
        resolve(/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? ''),
      ).then(fail, reject);
    });
    return await action(address);
  } finally {
    done.abort();
  }
}
