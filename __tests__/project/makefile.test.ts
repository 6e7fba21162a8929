/** What make passes on to the operator's commands. */
import { execFileSync } from 'node:child_process';
import { ROOT } from '../support';

const PROGRAM = 'console.log(JSON.stringify(process.env))';

/** The variables of the program that a target runs. */
function passedOn(given: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const program = `VERB='${process.execPath}' -e '${PROGRAM}' \\#`;
  const args = ['-s', '-o', 'node_modules/.installed', 'monitor-query', program, ...given];
  const { MAKEFLAGS: _flags, ...outer } = process.env;
  const output = execFileSync('make', args, { cwd: ROOT, env: { ...outer, ...env }, encoding: 'utf8' });
  return JSON.parse(output) as Readonly<Record<string, string | undefined>>;
}

const TEXTS = ['up{job=~"a.*b$"}', '$(shell exit 1) ${HOME} $$ $x # c', 'it\'s "q" \\ b\nc'];

test.each(['Q', 'TO', 'FROM', 'CONTEXT', 'DELETE'])('%s is passed on as it is given', (name) => {
  for (const text of TEXTS) {
    expect(passedOn([`${name}=${text}`])[name]).toBe(text);
    expect(passedOn([], { [name]: text })[name]).toBe(text);
  }
});

test('what is not given is not passed on', () => expect(passedOn(['Q=up'], {}).TO).toBeUndefined());
