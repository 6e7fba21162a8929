/** A registry that refuses: it listens where the lab's node pulls from, since the node is this machine. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts it. Images below `denied/` want credentials, and no other image is there. */
export async function startRegistry(): Promise<{ readonly host: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const isDenied = request.url?.includes('/denied/') ?? false;
    const code = isDenied ? 'UNAUTHORIZED' : 'MANIFEST_UNKNOWN';
    const isPing = request.url === '/v2/';
    response.writeHead(isPing ? 200 : isDenied ? 401 : 404, {
      'Content-Type': 'application/json',
      ...(isDenied && { 'WWW-Authenticate': 'Basic realm="registry"' }),
    });
    response.end(isPing ? '{}' : JSON.stringify({ errors: [{ code, message: code }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
