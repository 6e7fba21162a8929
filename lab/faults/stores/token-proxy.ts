/** A store behind a check of its bearer token. */
import { createServer, request as send } from 'node:http';

/** Such a store. */
export interface GuardedStore {
  /** Where metrics are sent to. */
  readonly url: string;
  /** The token of the last request; null: there was none. */
  lastToken(): string | null;
  stop(): Promise<void>;
}

/** Passes requests with the right token on to a URL, and answers 401 to others. */
export async function guarded(token: string, to: string): Promise<GuardedStore> {
  let last: string | null = null;
  const server = createServer((incoming, response) => {
    last = (incoming.headers.authorization ?? '').replace('Bearer ', '');
    if (last !== token) {
      incoming.resume().on('end', () => response.writeHead(401).end());
      return;
    }
    const { 'content-type': type = '', 'content-encoding': encoding } = incoming.headers;
    const headers = { 'content-type': type, ...(encoding !== undefined && { 'content-encoding': encoding }) };
    const outgoing = send(to, { method: 'POST', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.writeHead(502).end());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the store has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    lastToken: () => last,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
