/** A target of OTLP over gRPC that refuses everything with an error that is not tried again. */
import { createServer } from 'node:http2';
import { freePort } from '../../../lab/running';

/** Status "invalid argument" (https://github.com/grpc/grpc/blob/master/doc/statuscodes.md), which OTLP says is not tried again. */
const INVALID_ARGUMENT = '3';

/** Starts it on loopback. */
export async function startRefusing() {
  const port = await freePort();
  const server = createServer();
  server.on('stream', (stream) => {
    // An answer without a body has its status among the headers.
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': INVALID_ARGUMENT },
      { endStream: true },
    );
  });
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${port}`,
    stop: async (): Promise<void> => {
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
