/** A store behind a check of its bearer token, or behind TLS. */
import { createServer, type IncomingMessage, type Server, type ServerResponse, request as send } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

/** What stands before a store. */
export interface Guard {
  /** Where metrics are sent to. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Passes a request on to a URL. */
function pass(to: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { 'content-type': type = '', 'content-encoding': encoding } = incoming.headers;
  const headers = { 'content-type': type, ...(encoding !== undefined && { 'content-encoding': encoding }) };
  const outgoing = send(to, { method: 'POST', headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => response.writeHead(502).end());
  incoming.pipe(outgoing);
}

async function listening(server: Server, scheme: string): Promise<Guard> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the store has no port');
  return {
    url: `${scheme}://127.0.0.1:${address.port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Passes requests with the right token on, and answers 401 to others. */
export async function withToken(token: string, to: string) {
  let last: string | null = null;
  const server = createServer((incoming, response) => {
    last = (incoming.headers.authorization ?? '').replace('Bearer ', '');
    if (last === token) pass(to, incoming, response);
    else incoming.resume().on('end', () => response.writeHead(401).end());
  });
  return {
    ...(await listening(server, 'http')),
    /** The token of the last request; null: there was none. */
    lastToken: () => last,
  };
}

/** A server's certificate and its key, in PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Serves TLS before a store. */
export async function withTls(certificate: ServerCertificate, to: string) {
  let requests = 0;
  const server = createTlsServer({ ...certificate }, (incoming, response) => {
    requests++;
    pass(to, incoming, response);
  });
  return {
    ...(await listening(server, 'https')),
    /** Requests so far. */
    requests: () => requests,
    /** Takes another certificate, and ends the connections that were made with the one before. */
    rotate: (next: ServerCertificate): void => {
      server.setSecureContext(next);
      server.closeAllConnections();
    },
  };
}
