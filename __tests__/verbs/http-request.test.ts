import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from '../../verbs/http-request';
import { reasonOf } from '../../verbs/reason';

const servers: Server[] = [];
const serve = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const { signal } = new AbortController();

test('an answer to its end, whatever its status is', async () => {
  const url = await serve((_request, response) => response.writeHead(503, { date: 'now' }).end('away'));
  const { status, isOk, headers, text } = await request(url, { signal, seconds: 10 });
  expect([status, isOk, headers.get('date'), text]).toEqual([503, false, 'now', 'away']);
});

test.each([
  ['no answer', () => undefined],
  ['half of one', ((_request, response) => response.write('half')) satisfies RequestListener],
])('%s ends after its time, and with the signal', async (_what, answer) => {
  const url = await serve(answer);
  const late = await request(url, { signal, seconds: 0.2 }).catch(reasonOf);
  expect(late).toBe('no answer within 0.2 s');
  const stop = new AbortController();
  const asked = request(url, { signal: stop.signal, seconds: 60 });
  setTimeout(() => stop.abort(), 200);
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  await expect(request(url, { signal: stop.signal, seconds: 60 })).rejects.toBe(stop.signal.reason);
});

test('the reason of a connection that is refused', async () => {
  const url = await serve(() => undefined);
  const [server] = servers.splice(0);
  await new Promise((resolve) => server?.close(resolve));
  expect(await request(url, { signal, seconds: 10 }).catch(reasonOf)).toMatch(/^connect ECONNREFUSED 127\.0\.0\.1:/);
});
