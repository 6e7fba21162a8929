import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect as connectTo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubectl } from './cluster';

/** A kubeconfig whose server is a tunnel that can be cut. */
export async function lossyKubeconfig(): Promise<{ file: string; close: () => Promise<void> }> {
  type View = { clusters: { cluster: { server: string; 'tls-server-name'?: string } }[] };
  const view = JSON.parse(kubectl(['config', 'view', '--minify', '--flatten', '--raw', '-o', 'json'])) as View;
  const cluster = view.clusters[0]?.cluster;
  if (cluster === undefined) throw new Error('the context has no cluster');
  const { hostname, port } = new URL(cluster.server);
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connectTo(Number(port || 443), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cluster['tls-server-name'] ??= hostname;
  cluster.server = `https://127.0.0.1:${(server.address() as { port: number }).port}`;
  const file = join(mkdtempSync(join(tmpdir(), 'kubeconfig-')), 'config');
  writeFileSync(file, JSON.stringify(view), { mode: 0o600 });
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { file, close };
}
