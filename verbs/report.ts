import { passwordHint } from './admin-secret';
import type { Commands } from './commands';
import type { Finding } from './doctor/finding';
import type { Expected } from './expected';
import type { Forward } from './forward';
import type { Kubectl } from './kubectl';
import { lastLine } from './reason';
import type { State } from './state';
import { say } from './terminal';

const LOG_LINES = 5;

/** Prints each problem with its cause, the next step, and the last log lines of the container. */
export async function printFindings(kubectl: Kubectl, findings: readonly Finding[]): Promise<void> {
  for (const { id, part, cause, next, log } of findings) {
    say(part);
    say(`  cause  ${cause}`);
    say(`  next   ${next}`);
    say(`  more   docs/troubleshooting.md#${id}`);
    if (log === undefined) continue;
    const args = ['logs', log.pod, '-c', log.container, '-n', log.namespace, `--tail=${LOG_LINES}`];
    const { code, stdout, stderr } = await kubectl.run([...args, ...(log.previous ? ['--previous'] : [])]);
    for (const line of stdout.trimEnd().split('\n')) if (line !== '') say(`  log    ${line.slice(0, 300)}`);
    if (code !== 0) say(`  log    cannot be read: ${lastLine(stderr)}`);
  }
}

/** Prints the addresses of forwarded ports, and the command that prints the password. */
export function printAddresses(
  commands: Commands,
  expected: Expected,
  forwards: readonly Forward[],
  secrets: State['secrets'],
): void {
  for (const { title, local } of forwards) say(`  ${title.padEnd(14)}  http://localhost:${local}`);
  say(`  password        ${passwordHint(commands, expected, secrets)}`);
}
