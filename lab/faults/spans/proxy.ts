/** A TCP proxy on loopback whose answers come late. */
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../../free-port';

/** It, and what can be changed while it runs. */
export interface SlowProxy {
  readonly address: string;
  setDelay(milliseconds: number): void;
  stop(): Promise<void>;
}

/**
 * @param target address that it connects to
 * @param milliseconds by which each piece of an answer is late
 */
export async function proxyTo(target: string, milliseconds: number): Promise<SlowProxy> {
  const [host, targetPort] = target.split(':');
  let delay = milliseconds;
  const open = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(Number(targetPort), host);
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    from.pipe(to);
    to.on('data', (piece) => setTimeout(() => from.writable && from.write(piece), delay));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${port}`,
    setDelay: (next) => {
      delay = next;
    },
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
