/** Asks the stack's Prometheus. */
import { request } from '../http-request';
import type { Kubectl } from '../kubectl';
import { type ServicePort, whileForwarded } from '../short-forward';
import { QUERIES, type Sample, type Series } from './series';

/** How long a query may take. */
const SECONDS = 10;

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
 * @throws the signal's reason if the signal is aborted
 */
export async function readSeries(
  kubectl: Kubectl,
  prometheus: ServicePort,
  signal: AbortSignal,
): Promise<Series | Error> {
  try {
    return await whileForwarded(kubectl, prometheus, signal, async (address) => {
      const entries = Object.entries(QUERIES).map(
        async ([name, query]) => [name, await ask(address, query, signal)] as const,
      );
      return Object.fromEntries(await Promise.all(entries)) as Series;
    });
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function ask(address: string, query: string, signal: AbortSignal): Promise<readonly Sample[]> {
  const url = `http://${address}/api/v1/query?query=${encodeURIComponent(query)}`;
  const { isOk, status, text } = await request(url, { signal, seconds: SECONDS });
  if (!isOk) throw new Error(`Prometheus answers ${status}`);
  const { data } = JSON.parse(text) as Answer;
  return (data?.result ?? []).map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
}
