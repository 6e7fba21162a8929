/** Jaeger, with the environment that its pod has, sends no traces of itself. */
import { createServer, type Server } from 'node:net';
import { jaegerEnvironment, startJaeger } from '../programs/jaeger';

/** A receiver that counts connections, and answers none. */
async function listen(): Promise<{ readonly address: string; readonly connections: () => number; stop: () => void }> {
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    address: `http://127.0.0.1:${address.port}`,
    connections: () => connections,
    stop: () => server.close(),
  };
}

/** How often Jaeger connects to the receiver for its own traces, when it is asked and then ends: it sends what is left then. */
async function connectionsWith(env: Readonly<Record<string, string>>): Promise<number> {
  const receiver = await listen();
  try {
    const jaeger = await startJaeger({ ...env, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.address });
    try {
      await jaeger.services();
    } finally {
      await jaeger.stop();
    }
    return receiver.connections();
  } finally {
    receiver.stop();
  }
}

test('Jaeger with its defaults sends traces of itself', async () =>
  expect(await connectionsWith({})).toBeGreaterThan(0));
test('Jaeger with our environment sends none', async () => expect(await connectionsWith(jaegerEnvironment())).toBe(0));
