/** A text that a user writes for a receiver arrives there as it is, and is not read as a template. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { programPath } from '../../../lab/cache';
import { must, until } from '../../../lab/commands';
import { freePort } from '../../../lab/free-port';
import { Running } from '../../../lab/running';
import { configFile, render } from '../../support';

/** Paths that Alertmanager reads as templates where they stand in its file as they are. */
const PATHS = [
  '/plain',
  '/{{.Status}}',
  '/{{',
  '/{{{.Status}}}',
  '/{{{{',
  '/{{-1-}}/a',
  '/{{`a`}}',
  '/{{"a"}}/{{.CommonLabels.alertname}}',
  "/{{/**/}}'$x'",
];

let server: Server;
let alertmanager: Running;
let base: string;
const posted: { readonly path: string; readonly receiver: string }[] = [];

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { receiver } = JSON.parse(await bodyOf(request)) as { receiver: string };
    posted.push({ path: decodeURI(request.url ?? ''), receiver });
    response.end();
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const receivers = PATHS.map((path, index) => ({
    type: 'webhook',
    name: `r${index}`,
    url: `http://localhost:${port}${path}`,
  }));
  const names = receivers.map(({ name }) => name);
  const settings = {
    receivers,
    routes: { critical: names, warning: names },
    groupWait: '1s',
    deadMansSwitch: { url: `http://localhost:${port}/dead/{{.Status}}` },
  };
  const rendered = configFile<object>(
    render(`alertmanager: ${JSON.stringify(settings)}`),
    'alertmanager-config',
    'alertmanager.yaml',
  );
  alertmanager = new Running();
  const own = await freePort();
  base = `http://127.0.0.1:${own}`;
  const config = alertmanager.write('alertmanager.yaml', rendered);
  await must(programPath('amtool'), ['check-config', config]);
  await alertmanager.start(
    'alertmanager',
    [
      `--config.file=${config}`,
      `--storage.path=${alertmanager.path('data')}`,
      `--web.listen-address=127.0.0.1:${own}`,
      '--cluster.listen-address=',
    ],
    {},
    `${base}/-/ready`,
  );
});
afterAll(async () => {
  await alertmanager?.stop();
  server?.close();
});

test('each webhook is posted to at the address that was written', async () => {
  const alerts = ['Hostile', 'Watchdog'].map((alertname) => ({ labels: { alertname, severity: 'critical' } }));
  const response = await fetch(`${base}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(alerts),
  });
  expect(response.ok).toBe(true);
  await until(() => posted.length > PATHS.length, `${PATHS.length + 1} notifications`, 60);
  const sorted = [...posted].sort((a, b) => a.receiver.localeCompare(b.receiver));
  expect(sorted).toEqual([
    ...PATHS.map((path, index) => ({ path, receiver: `r${index}` })),
    { path: '/dead/{{.Status}}', receiver: 'stack/dead-mans-switch' },
  ]);
});
