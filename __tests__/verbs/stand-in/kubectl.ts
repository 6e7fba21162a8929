/**
 * A stand-in for kubectl with API servers behind it. It finds its cluster as kubectl does, at every call anew: the file of
 * --kubeconfig or else those of KUBECONFIG, the context of --context or else the current one. Each server is a folder of objects.
 *
 * STAND_IN is a folder with scene.json; calls.jsonl there says which server each call has reached.
 */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { answer } from './api-server';
import { type Command, parse } from './command';
import type { Scene } from './stand-in';

interface Entry {
  readonly name: string;
}
interface Config {
  readonly 'current-context'?: string;
  readonly contexts?: readonly (Entry & { readonly context: { readonly cluster: string; readonly user: string } })[];
  readonly clusters?: readonly (Entry & { readonly cluster: { readonly server: string } })[];
  readonly users?: readonly Entry[];
}

const folder = process.env.STAND_IN ?? '';

function fail(message: string, code = 1): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

/** The context of a call, with its cluster and its user. The first file wins. */
function resolve({ context, kubeconfig }: Command['flags']): Config {
  const files = String(kubeconfig ?? process.env.KUBECONFIG).split(delimiter);
  const configs = files
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as Config);
  const name = context ?? configs.map((config) => config['current-context']).find((found) => found !== undefined);
  const contexts = configs.flatMap((config) => config.contexts ?? []).filter((entry) => entry.name === name);
  const found = contexts[0];
  if (found === undefined)
    fail(
      name === undefined
        ? 'error: current-context must exist in order to minify'
        : `error: cannot locate context ${name}`,
    );
  const { cluster, user } = found.context;
  return {
    'current-context': found.name,
    contexts: [found],
    clusters: configs
      .flatMap((config) => config.clusters ?? [])
      .filter((entry) => entry.name === cluster)
      .slice(0, 1),
    users: configs
      .flatMap((config) => config.users ?? [])
      .filter((entry) => entry.name === user)
      .slice(0, 1),
  };
}

/** What another terminal does to the kubeconfig while the call is answered. */
function meanwhile({ flip }: Scene): void {
  const count = readFileSync(join(folder, 'calls.jsonl'), 'utf8').split('\n').length - 1;
  if (flip !== undefined && count >= flip.at) writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(flip.to));
}

/** Listens on the local port. Where the file `breaks` is, a connection ends the forward, as a request does that is refused half way. */
function forward(ports: string): void {
  const [local, remote] = ports.split(':').map(Number);
  const breaks = join(folder, 'breaks');
  const listener = createServer((socket) => {
    socket.on('error', () => undefined);
    if (!existsSync(breaks)) return socket.end('fine');
    rmSync(breaks);
    socket.destroy();
    return fail('E1125 error copying from local connection: connection reset by peer\nerror: lost connection to pod');
  });
  listener.once('error', () =>
    fail(`bind: address already in use\nerror: unable to listen on any of the requested ports: [{${local} ${remote}}]`),
  );
  listener.listen(local, '127.0.0.1', () => process.stdout.write(`Forwarding from 127.0.0.1:${local} -> ${remote}\n`));
}

/** A Prometheus without samples, at a port that the system chooses. */
function answerQueries(remote: string, isSilent: boolean): void {
  const server = createHttpServer((_request, response) => {
    if (isSilent) writeFileSync(join(folder, 'asked'), '');
    else response.end(JSON.stringify({ data: { result: [] } }));
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`Forwarding from 127.0.0.1:${port} -> ${remote}\n`);
  });
}

function main(): void {
  const scene = JSON.parse(readFileSync(join(folder, 'scene.json'), 'utf8')) as Scene;
  const command = parse(process.argv.slice(2));
  const { flags, words } = command;
  const line = words.join(' ');
  const config = resolve(flags);
  const server = config.clusters?.[0]?.cluster.server ?? '';
  const call = { server, line, namespace: flags.namespace };
  appendFileSync(join(folder, 'calls.jsonl'), `${JSON.stringify(call)}\n`);
  meanwhile(scene);
  const failure = scene.failures?.find(({ match }) => new RegExp(match).test(line));
  if (failure !== undefined) fail(failure.stderr, failure.code);
  if (line === 'config view') process.stdout.write(JSON.stringify(config));
  else if (words[0] === 'port-forward') {
    const ports = words.at(-1) ?? '';
    if (ports.startsWith(':')) answerQueries(ports.slice(1), scene.isSilent === true);
    else forward(ports);
  } else answer(command, join(folder, encodeURIComponent(server)), server, scene);
}

main();
