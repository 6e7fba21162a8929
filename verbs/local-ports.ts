/** Local ports. */
import { createServer } from 'node:net';
import type { Forward } from './forward';

/** The forwards whose local port is in use by another program. */
export async function portsInUse(forwards: readonly Forward[]): Promise<readonly Forward[]> {
  const free = await Promise.all(forwards.map(({ local }) => isFree(local)));
  return forwards.filter((_forward, index) => free[index] === false);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
