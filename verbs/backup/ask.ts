/** HTTP requests to a pod or Service, through a port that is forwarded for as long as they take. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Kubectl } from '../kubectl';
import { KubectlError } from '../kubectl-error';
import { checkSignal } from './process';

/** What answers. */
export interface Answering {
  readonly namespace: string;
  /** As `pod/opened-jaeger-data` or `service/alertmanager`. */
  readonly target: string;
  readonly port: number;
}

/** Asks for a path. @throws Error with the answer if its status is not 2xx */
export type Ask = (path: string, body?: object) => Promise<string>;

/**
 * Forwards a free local port to a port of the cluster while requests are made.
 * @throws KubectlError if it cannot be forwarded
 */
export async function asking<Result>(
  kubectl: Kubectl,
  { namespace, target, port }: Answering,
  signal: AbortSignal,
  requests: (ask: Ask) => Promise<Result>,
): Promise<Result> {
  const args = ['-n', namespace, 'port-forward', target, `:${port}`, '--address=127.0.0.1'];
  const child = spawn('kubectl', kubectl.commandLine(args), {
    env: kubectl.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  try {
    const local = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const [, found] = /^Forwarding from 127\.0\.0\.1:(\d+)/.exec(line) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.once('error', reject);
      child.once('close', () => reject(new KubectlError(args, errors)));
    });
    return await requests((path, body) => request(`http://127.0.0.1:${local}${path}`, signal, body));
  } catch (error) {
    checkSignal(signal);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    child.kill();
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
