import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePorts } from '../../lab/free-port';

test('no port is one of outgoing connections, or comes twice', async () => {
  const freePort = freePorts(9);
  const ports = await Promise.all(Array.from({ length: 100 }, freePort));
  for (const port of ports) expect([port >= 20_000, port < 30_000]).toEqual([true, true]);
  expect(new Set(ports).size).toBe(ports.length);
});

test('two workers have no port in common', async () => {
  const [one, other] = [await freePorts(8)(), await freePorts(9)()];
  expect(Math.floor(one / 1000)).not.toBe(Math.floor(other / 1000));
});

test('a port that a program has is left out', async () => {
  const freePort = freePorts(9);
  const following = (await freePort()) + 1;
  const server = createServer().listen(following, '127.0.0.1');
  await once(server, 'listening');
  try {
    expect(await freePort()).not.toBe(following);
  } finally {
    server.close();
  }
});
