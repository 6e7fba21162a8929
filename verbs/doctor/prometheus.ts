/** Asks the stack's Prometheus, through a forwarded port: the NetworkPolicies admit only its clients. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Kubectl } from '../kubectl';
import { QUERIES, type Sample, type Series } from './series';

/** How long a forward or a query may take, in milliseconds. */
const TIMEOUT = 10_000;

interface Answer {
  readonly data?: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value: readonly [number, string];
    }[];
  };
}

/**
 * The answers to all queries.
 * @param service of Prometheus
 * @returns why it could not be asked, if so
 */
export async function readSeries(
  kubectl: Kubectl,
  { namespace, service, port }: { readonly namespace: string; readonly service: string; readonly port: number },
): Promise<Series | Error> {
  const args = kubectl.commandLine(['-n', namespace, 'port-forward', `service/${service}`, `:${port}`]);
  const child = spawn('kubectl', args, { env: kubectl.environment, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const address = await listening(child);
    const entries = await Promise.all(
      Object.entries(QUERIES).map(async ([name, query]) => [name, await ask(address, query)] as const),
    );
    return Object.fromEntries(entries) as Series;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    child.kill();
  }
}

async function ask(address: string, query: string): Promise<readonly Sample[]> {
  const url = `${address}/api/v1/query?query=${encodeURIComponent(query)}`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) });
  if (!answer.ok) throw new Error(`Prometheus answers ${answer.status}`);
  const { data } = (await answer.json()) as Answer;
  return (data?.result ?? []).map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
}

/** The address of the forward, once it listens. */
const listening = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no port was forwarded in time')), TIMEOUT);
    let errors = '';
    child.stderr?.on('data', (data: Buffer) => {
      errors += data.toString();
    });
    child.stdout?.on('data', (data: Buffer) => {
      const [, found] = /Forwarding from (127\.0\.0\.1:\d+)/.exec(data.toString()) ?? [];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(`http://${found}`);
    });
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      reject(new Error(errors.trim().split('\n').at(-1) || 'kubectl exited'));
    });
  });
