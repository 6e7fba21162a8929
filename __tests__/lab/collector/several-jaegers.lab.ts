/** Connections of the real Collector to Jaeger: a Service balances connections, so that several pods need one for each request. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../../../lab/commands';
import { startCollector } from '../programs/collector';
import { sendSpans } from '../programs/otlp';

const REQUESTS = 6;
const STORE = 'store: {type: opensearch, urls: ["https://opensearch.example.com:9200"]}';

/** Sends requests one after another. @returns the connections that the Collector has opened for them */
async function connectionsWith(replicas: number): Promise<number> {
  let [connections, requests] = [0, 0];
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      requests++;
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const collector = await startCollector(`jaeger: {replicas: ${replicas}, ${STORE}}`, `127.0.0.1:${port}`);
  try {
    for (let sent = 1; sent <= REQUESTS; sent++) {
      await sendSpans(collector.endpoint, [{ name: 'one', kind: 'internal' }]);
      await until(() => requests === sent, `request ${sent} to arrive`);
    }
    return connections;
  } finally {
    await collector.stop();
    server.closeAllConnections();
    server.close();
  }
}

test('one pod of Jaeger: a connection is used again', async () =>
  expect(await connectionsWith(1)).toBeLessThan(REQUESTS));

test('two pods: each request has a connection of its own', async () => expect(await connectionsWith(2)).toBe(REQUESTS));
