/** A trace of Jaeger, by its ID. */
import { request } from '../http-request';
import { VerbError } from '../terminal';

interface Tag {
  readonly key: string;
  readonly value: unknown;
}

/** A trace as `/api/traces` of Jaeger's query service gives it. Times are in microseconds. */
export interface Trace {
  readonly traceID: string;
  readonly spans: readonly {
    readonly spanID: string;
    readonly operationName: string;
    readonly startTime: number;
    readonly duration: number;
    readonly processID: string;
    readonly tags: readonly Tag[];
  }[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}

/** How long an answer may take. */
const SECONDS = 30;

/**
 * Reads a trace.
 * @param address host and port
 * @throws VerbError if Jaeger does not have it
 */
export async function traceOf(address: string, id: string, signal: AbortSignal): Promise<Trace> {
  const { isOk, status, text } = await request(`http://${address}/api/traces/${id}`, { signal, seconds: SECONDS });
  const [trace] = isOk ? ((JSON.parse(text) as { data?: readonly Trace[] | null }).data ?? []) : [];
  if (trace !== undefined) return trace;
  const what = isOk || status === 404 ? `Jaeger has no trace ${id}.` : `Jaeger: HTTP ${status}: ${text.slice(0, 300)}`;
  throw new VerbError([{ what, fix: 'a new trace is there after seconds, an old one until jaeger.ttl is over' }]);
}

/** A row for each span, the first one first: when it began after the first, how long it took, where, and how it ended. */
export function spanRows({ spans, processes }: Trace): readonly (readonly string[])[] {
  const sorted = [...spans].sort((a, b) => a.startTime - b.startTime || a.spanID.localeCompare(b.spanID));
  const first = sorted[0]?.startTime ?? 0;
  const milliseconds = (micros: number) => `${(micros / 1000).toFixed(1)} ms`;
  const rows = sorted.map(({ startTime, duration, processID, operationName, tags }) => [
    milliseconds(startTime - first),
    milliseconds(duration),
    processes[processID]?.serviceName ?? '',
    operationName,
    tags.some(({ key, value }) => key === 'error' && value !== false && value !== 'false') ? 'error' : '',
  ]);
  return [['start', 'duration', 'service', 'operation', 'status'], ...rows];
}
