/**
 * Does something that also ends when a time is over.
 *
 * Node 20 may collect an `AbortSignal.timeout()` that only `AbortSignal.any()` knows, which then never fires (nodejs/node#57736): here a timer
 * holds it.
 * @param action gets a signal that is aborted with `signal`, or with an Error after the time
 */
export async function withDeadline<Result>(
  signal: AbortSignal,
  seconds: number,
  action: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${seconds} s`)), seconds * 1000);
  try {
    return await action(AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}
