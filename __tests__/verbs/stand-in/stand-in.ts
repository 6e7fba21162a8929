/** A kubectl that is none, for tests without a cluster: what each call was, and which server it has reached. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { buildSync } from 'esbuild';
import { project, type Running, startVerb, type Variables } from '../verb-process';
import { apply, fileOf, type Item } from './api-server';

export type { Item } from './api-server';

/** What happens besides the verb. */
export interface Scene {
  /** From this call on, the kubeconfig is another. */
  readonly flip?: { readonly at: number; readonly to: object };
  /** Commands that fail, by a pattern of their words without flags. */
  readonly failures?: readonly { readonly match: string; readonly stderr: string; readonly code?: number }[];
  /** Whether the programs behind forwarded ports take requests and never answer. @default false */
  readonly isSilent?: boolean;
  /** Rights that the user has not, by a pattern of `verb resource namespace`. */
  readonly denied?: string;
  /** Further resources that the servers have. */
  readonly served?: readonly string[];
}

/** One call of kubectl. */
export interface Call {
  readonly server: string;
  /** Its words without flags. */
  readonly line: string;
  readonly namespace?: string;
}

/** A kubeconfig with one context for each cluster, all by the same user. */
export const kubeconfigOf = (current: string, clusters: Readonly<Record<string, string>>) => ({
  'current-context': current,
  clusters: Object.entries(clusters).map(([name, server]) => ({
    name,
    cluster: { server, 'certificate-authority-data': Buffer.from(server).toString('base64') },
  })),
  contexts: Object.keys(clusters).map((name) => ({ name, context: { cluster: name, user: 'me' } })),
  users: [{ name: 'me', user: { token: 'a-secret-token' } }],
});

export const LAB = 'https://lab.example.com';
export const PROD = 'https://prod.example.com';
export const BOTH = kubeconfigOf('lab', { lab: LAB, prod: PROD });

/** A project, a kubeconfig, and the stand-in on the PATH. The environment has what comes up without a server's help. */
export function standIn(text = 'janServer: null\n') {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const outfile = join(bin, 'kubectl');
  const banner = { js: `#!${process.execPath}` };
  buildSync({ entryPoints: [join(__dirname, 'kubectl.ts')], outfile, banner, bundle: true, platform: 'node' });
  chmodSync(outfile, 0o755);
  const root = project(text);
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const KUBECONFIG = join(folder, 'kubeconfig');
  const begin = (scene: Scene, config: object = BOTH) => {
    writeFileSync(join(folder, 'scene.json'), JSON.stringify(scene));
    writeFileSync(join(folder, 'calls.jsonl'), '');
    writeFileSync(KUBECONFIG, JSON.stringify(config));
    for (const file of [join(root, '.monitor-contexts.json'), join(folder, 'asked')]) rmSync(file, { force: true });
  };
  const start = (verb: string, variables: Variables = {}): Running =>
    startVerb(root, verb, {
      ...{ KUBECONFIG, STAND_IN: folder, PATH: `${bin}${delimiter}${process.env.PATH}`, TMPDIR: temporary },
      ...variables,
    });
  begin({});
  /** From now on nothing happens besides the verb. */
  const clear = () => writeFileSync(join(folder, 'scene.json'), '{}');
  return {
    folder,
    root,
    /** Starts again: without calls, without confirmed clusters. Objects stay. */
    begin,
    clear,
    start,
    /** Runs a verb to its end. */
    run: async (verb: string, variables: Variables = {}) => {
      const running = start(verb, variables);
      const code = await running.ended;
      return { code, output: running.output() };
    },
    calls: (): readonly Call[] =>
      readFileSync(join(folder, 'calls.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Call),
    /** Objects that a server has already. */
    put: (server: string, items: readonly Item[]): void => apply(join(folder, encodeURIComponent(server)), items),
    remove: (server: string, item: Item): void => rmSync(fileOf(join(folder, encodeURIComponent(server)), item)),
    /** Names of what a server has, as `namespace Kind name`. */
    objects: (server: string): readonly string[] => {
      const path = join(folder, encodeURIComponent(server));
      return existsSync(path) ? readdirSync(path).map(decodeURIComponent).sort() : [];
    },
    /** Whether a program that never answers has got a request. */
    isAsked: (): boolean => existsSync(join(folder, 'asked')),
    /** Files that verbs have left where temporary ones are made. */
    leftovers: (): readonly string[] => readdirSync(temporary),
  };
}
