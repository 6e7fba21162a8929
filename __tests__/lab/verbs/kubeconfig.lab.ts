/** What a verb pins is what kubectl itself would use: the real kubectl, against a server that notes who asks. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { programPath } from '../../../lab/cache';
import { project, startVerb } from '../../verbs/verb-process';

const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
const [one, two] = ['one', 'two'].map((name) => join(folder, name)) as [string, string];
for (const place of [one, two]) mkdirSync(place);
const certificate = `req -x509 -newkey rsa:2048 -nodes -keyout ${one}/ca.key -subj /CN=localhost -days 2 -out ${one}/ca.crt`;
execFileSync('openssl', [...certificate.split(' '), '-addext', 'subjectAltName=IP:127.0.0.1'], { stdio: 'ignore' });

/** Who has asked for what. */
const requests: { readonly url: string; readonly authorization: string }[] = [];
const server = createServer(
  { key: readFileSync(`${one}/ca.key`), cert: readFileSync(`${one}/ca.crt`) },
  (request, response) => {
    requests.push({ url: request.url ?? '', authorization: request.headers.authorization ?? '' });
    response.setHeader('content-type', 'application/json');
    response.statusCode = request.url?.startsWith('/version') ? 200 : 403;
    response.end(
      JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Forbidden', code: 403 }),
    );
  },
);

let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => requests.splice(0));

const config = (content: object) => JSON.stringify({ apiVersion: 'v1', kind: 'Config', ...content });

/** A context in one file, and its user in another: paths are from the file that they are in. */
async function askAs(user: object): Promise<readonly string[]> {
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority': 'ca.crt' };
  const context = { cluster: 'c', user: 'u' };
  const own = { clusters: [{ name: 'c', cluster }], contexts: [{ name: 'lab', context }], 'current-context': 'lab' };
  writeFileSync(join(one, 'config'), config(own));
  writeFileSync(join(two, 'config'), config({ users: [{ name: 'u', user }] }));
  const verb = startVerb(project('janServer: null\n'), 'status', {
    KUBECONFIG: [join(one, 'config'), join(folder, 'none'), join(two, 'config')].join(delimiter),
    PATH: `${dirname(programPath('kubectl'))}${delimiter}${process.env.PATH}`,
    CONTEXT: 'lab',
    HOME: folder,
  });
  await verb.ended;
  const authorizations = requests
    .filter(({ url }) => url.startsWith('/version'))
    .map(({ authorization }) => authorization);
  if (authorizations.length === 0) throw new Error(verb.output());
  return authorizations;
}

test('a token in a file beside its kubeconfig, which is not the first one', async () => {
  writeFileSync(join(two, 'token'), 'token-of-two');
  expect(await askAs({ tokenFile: './token' })).toEqual(['Bearer token-of-two']);
});

test('a credential plugin beside its kubeconfig', async () => {
  const credential = {
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token: 'token-of-plugin' },
  };
  writeFileSync(join(two, 'plugin'), `#!/bin/sh\nprintf '%s' '${JSON.stringify(credential)}'\n`);
  chmodSync(join(two, 'plugin'), 0o755);
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './plugin', interactiveMode: 'Never' };
  expect(await askAs({ exec })).toEqual(['Bearer token-of-plugin']);
});

test('defaults of a kuberc file redirect no request', async () => {
  const elsewhere = { name: 'server', default: 'https://127.0.0.1:1' };
  const defaults = [{ command: 'get', options: [elsewhere] }];
  mkdirSync(join(folder, '.kube'), { recursive: true });
  const kuberc = { apiVersion: 'kubectl.config.k8s.io/v1beta1', kind: 'Preference', defaults };
  writeFileSync(join(folder, '.kube', 'kuberc'), JSON.stringify(kuberc));
  expect(await askAs({ token: 'token-inline' })).toEqual(['Bearer token-inline']);
});

test('a token in the kubeconfig', async () => {
  expect(await askAs({ token: 'token-inline' })).toEqual(['Bearer token-inline']);
});
