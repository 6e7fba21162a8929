/** The shell and kubectl itself understand every command of every runbook: its flags, its kinds, its quotes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programPath } from '../../lab/cache';
import { buildStack, type Stack } from '../../stack/apps';
import { loadEnvironments } from '../../stack/load';
import { commandsOf, commandsOfLine } from '../content/runbooks/commands';
import { FULLEST } from '../content/runbooks/fullest';
import { ROOT, stackFrom } from '../support';

const KUBECTL = programPath('kubectl');
const folder = mkdtempSync(join(tmpdir(), 'runbooks-'));
// What a step before has written.
writeFileSync(join(folder, 'patch.yaml'), 'spec: {}\n');

/** Nothing listens there: kubectl gets as far as the connection when it has understood a command. */
const NOWHERE = ['--server=http://127.0.0.1:1', '--request-timeout=5s'];
const REFUSED = /connection( to the server 127\.0\.0\.1:1 was)? refused/;

const commandsIn = ({ rules, places }: Stack) =>
  rules.alerts.filter(({ off }) => off === null).flatMap((alert) => commandsOf(alert.runbook(places)));
/** With every program once, and by other names. */
const stacks = [...loadEnvironments(ROOT).map((config) => buildStack(config, 'unused')), stackFrom(FULLEST)];
const commands = [...new Set(stacks.flatMap(commandsIn))];

test('a POSIX shell takes them', () => {
  for (const command of commands) {
    const { status, stderr } = spawnSync('sh', ['-n', '-c', command], { encoding: 'utf8' });
    expect({ command, status, stderr }).toEqual({ command, status: 0, stderr: '' });
  }
});

test('kubectl takes them, and would ask the server', () => {
  const all = commands.flatMap(commandsOfLine).filter(([program]) => program === 'kubectl');
  const distinct = [...new Map(all.map((words) => [words.join(' '), words])).values()];
  expect(distinct.length).toBeGreaterThan(50);
  for (const [, ...words] of distinct) {
    const { stdout, stderr } = spawnSync(KUBECTL, [...NOWHERE, ...words], { cwd: folder, encoding: 'utf8', env: {} });
    expect({ words, refused: REFUSED.test(stderr), stdout, stderr }).toMatchObject({
      words,
      refused: true,
      stdout: '',
    });
  }
});
