/** Asks the stack's Prometheus. */
import type { Kubectl } from '../kubectl';
import { type ServicePort, whileForwarded } from '../short-forward';
import { QUERIES, type Sample, type Series } from './series';

/** How long a query may take, in milliseconds. */
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
 * @param prometheus its port
 * @returns why it could not be asked, if so
 */
export async function readSeries(
  kubectl: Kubectl,
  prometheus: ServicePort,
  signal: AbortSignal,
): Promise<Series | Error> {
  try {
    return await whileForwarded(kubectl, prometheus, signal, async (address) => {
      const entries = Object.entries(QUERIES).map(async ([name, query]) => [name, await ask(address, query)] as const);
      return Object.fromEntries(await Promise.all(entries)) as Series;
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function ask(address: string, query: string): Promise<readonly Sample[]> {
  const url = `http://${address}/api/v1/query?query=${encodeURIComponent(query)}`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) });
  if (!answer.ok) throw new Error(`Prometheus answers ${answer.status}`);
  const { data } = (await answer.json()) as Answer;
  return (data?.result ?? []).map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
}
