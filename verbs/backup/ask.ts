/** HTTP requests to a pod or Service, through a port that is forwarded for as long as they take. */
import type { Kubectl } from '../kubectl';
import { type PodPort, type ServicePort, whileForwarded } from '../short-forward';
import { checkSignal } from './process';

/** Asks for a path. @throws Error with the answer if its status is not 2xx */
export type Ask = (path: string, body?: object) => Promise<string>;

/**
 * Makes requests to a port of the cluster.
 * @throws KubectlError if it cannot be forwarded
 * @throws Interrupted if the signal is aborted
 */
export async function asking<Result>(
  kubectl: Kubectl,
  target: ServicePort | PodPort,
  signal: AbortSignal,
  requests: (ask: Ask) => Promise<Result>,
): Promise<Result> {
  try {
    return await whileForwarded(kubectl, target, signal, (address) =>
      requests((path, body) => request(`http://${address}${path}`, signal, body)),
    );
  } catch (error) {
    checkSignal(signal);
    throw error;
  }
}

/** Timeout of one request, in milliseconds. */
const REQUEST_MS = 60_000;

async function request(url: string, signal: AbortSignal, body?: object): Promise<string> {
  const timeout = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_MS)]);
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, { signal: timeout, ...(body !== undefined && post) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}: ${text.slice(0, 300)}`);
  return text;
}
