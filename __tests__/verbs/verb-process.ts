/** The verbs as an operator runs them: processes of their own, in a project's folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support';

/** Variables of a process. */
export type Variables = Readonly<Record<string, string>>;

/** A folder with one environment file `test`, as a project has it. */
export function project(text: string): string {
  const root = mkdtempSync(join(tmpdir(), 'verbs-'));
  mkdirSync(join(root, 'environments'));
  writeFileSync(join(root, 'environments', 'test.yaml'), text);
  return root;
}

/** A verb that runs. */
export interface Running {
  readonly child: ChildProcess;
  /** Everything printed until now. */
  readonly output: () => string;
  /** Resolves once the pattern has been printed; fails where the verb ends before, or after two minutes. */
  readonly printed: (pattern: RegExp) => Promise<void>;
  readonly ended: Promise<number | null>;
}

/** A test that fails leaves no verb behind. */
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});

/** Starts a verb in a project's folder. */
export function startVerb(root: string, verb: string, variables: Variables): Running {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/app.js'), 'verbs/monitor.ts', verb], {
    cwd: root,
    env: { ...process.env, ENVIRONMENT: 'test', FORWARD: 'no', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      text += data.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  let hasEnded = false;
  ended.then(() => {
    hasEnded = true;
  });
  const printed = (pattern: RegExp) =>
    until(
      () => {
        if (pattern.test(text)) return true;
        if (hasEnded) throw new Error(`ended without printing ${pattern}:\n${text}`);
        return false;
      },
      () => `${verb} to print ${pattern}, which has printed:\n${text}`,
    );
  return { child, output: () => text, printed, ended };
}

/** Waits for a condition, and fails after two minutes. @param what what is waited for; a function says what was found too */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string | (() => string),
  seconds = 120,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline)
      throw new Error(`waited ${seconds} seconds for ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
