/** HTTP requests to a pod or Service, through a port that is forwarded for as long as they take. */
import { request } from '../http-request';
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
      requests((path, body) => answerOf(`http://${address}${path}`, signal, body)),
    );
  } catch (error) {
    checkSignal(signal);
    throw error;
  }
}

/** The longest time of one request. */
const SECONDS = 60;

async function answerOf(url: string, signal: AbortSignal, body?: object): Promise<string> {
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const { isOk, status, text } = await request(url, {
    signal,
    seconds: SECONDS,
    ...(body !== undefined && { init: post }),
  });
  if (!isOk) throw new Error(`${new URL(url).pathname} answered ${status}: ${text.slice(0, 300)}`);
  return text;
}
