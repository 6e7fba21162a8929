/** Requests to a program through a forwarded port, which needs no rule of a NetworkPolicy. */
import { type AddressInfo, createServer } from 'node:net';
import { guarded } from '../guard';
import type { Kubectl } from '../kubectl';
import { reasonOf } from '../outages';

/** A port of a Service. */
export interface ServicePort {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

/** How long kubectl may take until it listens, in seconds. */
const START_SECONDS = 20;

/**
 * Forwards a port of a Service to a free local one while something is done with it.
 * @param action gets the URL of the local port
 * @throws Error with kubectl's reason if it cannot be forwarded
 */
export async function whileForwarded<Result>(
  kubectl: Kubectl,
  { namespace, service, port }: ServicePort,
  signal: AbortSignal,
  action: (url: string) => Promise<Result>,
): Promise<Result> {
  const local = await freePort();
  const end = new AbortController();
  const stop = () => end.abort();
  signal.addEventListener('abort', stop, { once: true });
  const args = ['-n', namespace, 'port-forward', `service/${service}`, `${local}:${port}`, '--address=127.0.0.1'];
  const timer = setTimeout(stop, START_SECONDS * 1000);
  let ended: Promise<string> = Promise.resolve('');
  try {
    const ready = await new Promise<string | null>((resolve) => {
      ended = guarded(kubectl, args, end.signal, () => resolve(null));
      ended.then(resolve);
    });
    clearTimeout(timer);
    if (ready !== null) {
      throw new Error(ready === '' ? `no answer within ${START_SECONDS} seconds` : reasonOf(ready));
    }
    return await action(`http://127.0.0.1:${local}`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    stop();
    await ended;
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
