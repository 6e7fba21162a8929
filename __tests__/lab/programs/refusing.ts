/** A target of OTLP over HTTP that refuses everything with an error that is not tried again. */
import { createServer } from 'node:http';
import { freePort } from '../../../lab/free-port';

/** Status "bad request", which OTLP says is not tried again (OpenTelemetry specification, protocol/otlp.md). */
const BAD_REQUEST = 400;

/** Starts it on loopback. */
export async function startRefusing() {
  const port = await freePort();
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(BAD_REQUEST).end());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${port}`,
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
