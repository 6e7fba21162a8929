/** A forward that ends comes back by itself. */
import { rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { type Item, kubeconfigOf, LAB, PROD, standIn } from './stand-in/stand-in';
import { until } from './verb-process';

jest.setTimeout(120_000);

const scene = standIn('janServer: null\nalertmanager: { enabled: false }\n');
const PORT = 25318;

/** What the program behind the port answers; null where nothing is behind it. */
const ask = () =>
  new Promise<string | null>((resolve) => {
    let text = '';
    const socket = connect(PORT, '127.0.0.1');
    socket.on('data', (data) => {
      text += data.toString();
    });
    socket.once('error', () => resolve(null));
    socket.once('close', () => resolve(text === '' ? null : text));
  });

const service: Item = { kind: 'Service', metadata: { name: 'otel-collector', namespace: 'jan-monitoring' } };
const breakForward = async () => {
  writeFileSync(join(scene.folder, 'breaks'), '');
  expect(await ask()).toBeNull();
};

test('after a request that breaks it, without a ready pod, and with its port taken', async () => {
  const variables = {
    OTEL_GRPC_PORT: '25317',
    PROMETHEUS_PORT: '25090',
    JAEGER_UI_PORT: '25686',
    GRAFANA_PORT: '25001',
  };
  // Forwards that are begun anew stay with their cluster too.
  scene.begin({ flip: { at: 1, to: kubeconfigOf('prod', { lab: PROD, prod: PROD }) } });
  const verb = scene.start('up', { CONTEXT: 'lab', FORWARD: 'yes', OTEL_HTTP_PORT: `${PORT}`, ...variables });
  await verb.printed(/Forwarding ports until Ctrl-C/);
  await until(async () => (await ask()) === 'fine', 'the forward');
  await breakForward();
  await until(async () => (await ask()) === 'fine', 'the forward again');
  const again =
    /^\d\d:\d\d:\d\d {2}port 25318 is forwarded to otel-collector again, after [\d.]+ s \(a connection was reset/gm;
  await verb.printed(new RegExp(again.source, 'm'));
  expect(verb.output().match(again)).toHaveLength(1);

  scene.remove(LAB, service);
  await breakForward();
  await verb.printed(/port 25318 is not forwarded to otel-collector: no pod is ready; retrying/);
  const other = createServer((socket) => socket.end()).listen(PORT, '127.0.0.1');
  scene.put(LAB, [service]);
  await verb.printed(/port 25318 is not forwarded to otel-collector: the port is in use by another program; retrying/);
  other.close();
  await until(async () => (await ask()) === 'fine', 'the forward once the port is free');
  const forwards = scene.calls().filter(({ line }) => line.startsWith('port-forward'));
  expect(forwards.length).toBeGreaterThan(6);
  expect([...new Set(scene.calls().map(({ server }) => server))]).toEqual([LAB]);
  // Other ports were never touched.
  expect(verb.output()).not.toMatch(/port 25090 .*again/);
  verb.child.kill('SIGINT');
  expect(await verb.ended).toBe(130);
  expect(await ask()).toBeNull();
});

afterAll(() => rmSync(scene.folder, { recursive: true, force: true }));
