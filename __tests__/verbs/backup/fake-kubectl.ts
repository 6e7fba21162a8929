/** A kubectl that notes each call and answers as a test says, for the order of calls and for answers that a cluster seldom gives. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { commandsFor } from '../../../verbs/commands';
import { Kubectl } from '../../../verbs/kubectl';

/** What it does for a command line that has a text: the first that fits. Others succeed without output. */
export type Answers = readonly (readonly [text: string, shell: string])[];

/** A shell command that prints an object. */
export const prints = (object: object): string => `printf %s '${JSON.stringify(object)}'`;

const folders: string[] = [];
const path = process.env.PATH;
afterAll(() => {
  process.env.PATH = path;
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A kubectl, and the calls that it got, without the context. */
export function fakeKubectl(answers: Answers): { readonly kubectl: Kubectl; readonly calls: () => readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'fake-kubectl-'));
  folders.push(folder);
  const log = join(folder, 'calls');
  writeFileSync(log, '');
  const cases = answers.map(([text, shell]) => `*'${text}'*) ${shell} ;;`).join('\n');
  // A script that it is given has several lines: a call is one line of the log.
  const script = `#!/bin/sh
line="$(echo "$*" | tr '\\n' ' ')"
echo "\${line#--context lab }" >> '${log}'
case "$line" in
${cases}
*) ;;
esac
`;
  const program = join(folder, 'kubectl');
  writeFileSync(program, script);
  chmodSync(program, 0o755);
  process.env.PATH = `${folder}${delimiter}${path}`;
  const kubectl = new Kubectl({ context: 'lab', kubeconfig: null }, commandsFor({ context: 'lab', variables: {} }));
  return { kubectl, calls: () => readFileSync(log, 'utf8').split('\n').filter(Boolean) };
}
