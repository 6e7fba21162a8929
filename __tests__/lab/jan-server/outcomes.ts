/**
 * How the captured completions ended. What a trace shows as a whole decides: the status that the client got, and what the spans
 * around the handler's say. The Collector sees one span at a time.
 */
import { type CapturedSpan, httpStatus, SPANS } from './capture';

/** How a completion ended. */
export type Outcome = 'answered' | 'announced fallback' | 'silent fallback' | 'canceled' | 'client error';

const SERVERS = new Map(SPANS.filter(({ kind }) => kind === 'server').map((span) => [span.traceId, span]));

function outcomeOf(handler: CapturedSpan): Outcome {
  const { events, status, traceId } = handler;
  const event = events.find(({ name }) => name === 'completion_fallback');
  const server = SERVERS.get(traceId);
  if (server === undefined) throw new Error(`no server span in trace ${traceId}`);
  if (event !== undefined)
    return /context canceled|client request cancelled/.test(event.attributes.error ?? '')
      ? 'canceled'
      : 'announced fallback';
  if (status !== 'error') return 'answered';
  return httpStatus(server) === 200 ? 'silent fallback' : 'client error';
}

/** The completions with their outcomes. */
export const COMPLETIONS = SPANS.filter(({ name }) => name === 'ChatHandler.CreateChatCompletion').map((span) => ({
  span,
  outcome: outcomeOf(span),
}));

const CANCELED = new Set(
  COMPLETIONS.filter(({ outcome }) => outcome === 'canceled').map(({ span: { traceId } }) => traceId),
);

/** `error_type` of a call to a model; empty where it succeeded. */
export const errorTypeOf = (call: CapturedSpan): string => {
  if (call.status !== 'error') return '';
  return CANCELED.has(call.traceId) ? 'canceled' : `${httpStatus(call) || '_OTHER'}`;
};
