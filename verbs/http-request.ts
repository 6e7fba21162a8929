/** Requests to the programs of the stack, through ports that are forwarded. */
import { withDeadline } from './deadline';

/** What a program has answered, to its end. */
export interface HttpAnswer {
  readonly status: number;
  /** Whether the status is 2xx. */
  readonly isOk: boolean;
  readonly headers: Headers;
  readonly text: string;
}

/** How a request is made. */
export interface HttpRequest {
  /** Ends the request when it is aborted. */
  readonly signal: AbortSignal;
  /** How long the whole answer may take. */
  readonly seconds: number;
  /** Method, headers, body. @default GET */
  readonly init?: Omit<RequestInit, 'signal'>;
}

/**
 * Makes a request, and reads the answer to its end, whatever its status is.
 * @throws the signal's reason if the signal is aborted
 * @throws Error if there is no answer, or none in time
 */
export async function request(url: string, { signal, seconds, init = {} }: HttpRequest): Promise<HttpAnswer> {
  signal.throwIfAborted();
  return withDeadline(signal, seconds, async (ends) => {
    const answer = await fetch(url, { ...init, signal: ends });
    const { status, ok: isOk, headers } = answer;
    return { status, isOk, headers, text: await answer.text() };
  });
}
