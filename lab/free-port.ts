/** Ports for programs of the lab. */
import { createServer } from 'node:net';

/**
 * Below the ports of outgoing connections (Linux: from 32768, net.ipv4.ip_local_port_range) and below NodePorts (from 30000): such a port
 * could be taken after it was chosen and before the program listens, or while the program is restarted.
 */
const FIRST = 20_000;
/** Jest's workers run at the same time. Each has its own share, so that two of them never choose the same port. */
const SHARES = 10;
const SHARE = 1000;

/** Gives free ports on loopback of one worker's share. A port comes again only after all others of the share. */
export function freePorts(worker: number): () => Promise<number> {
  const first = FIRST + (worker % SHARES) * SHARE;
  let next = Math.floor(Math.random() * SHARE);
  return async () => {
    for (let tries = 0; tries < SHARE; tries++) {
      const port = first + next;
      next = (next + 1) % SHARE;
      if (await isFree(port)) return port;
    }
    throw new Error(`no port from ${first} to ${first + SHARE - 1} is free`);
  };
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A free port on loopback, from 20000 to 29999. @throws Error if there is none */
export const freePort = freePorts(Number(process.env.JEST_WORKER_ID ?? 0));
