/** What Ctrl-C of a terminal does to commands: it is sent to every process of the terminal's group. */
import { spawnSync } from 'node:child_process';
import { NEVER, runKubectl, runLocal } from '../../../verbs/backup/process';
import { mustEnd, toItsEnd } from '../../../verbs/terminal';
import { fakeKubectl } from './fake-kubectl';

const groupOf = (process: string) => `ps -o pgid= -p ${process} | tr -d ' '`;
const own = () =>
  spawnSync('sh', ['-c', groupOf(String(process.pid))])
    .stdout.toString()
    .trim();

test('commands that run for long are in groups of their own', async () => {
  const { kubectl } = fakeKubectl([['group', groupOf('$$')]]);
  const found = [
    await runLocal('sh', ['-c', groupOf('$$')], NEVER),
    await runKubectl(kubectl, ['group'], NEVER),
    await toItsEnd('Data is being put back', () => kubectl.text(['group'])),
  ].map((text) => text.trim());
  expect(found).toEqual([
    expect.stringMatching(/^\d+$/),
    expect.stringMatching(/^\d+$/),
    expect.stringMatching(/^\d+$/),
  ]);
  expect(found).not.toContain(own());
  expect((await kubectl.text(['group'])).trim()).toBe(own());
});

test('what must come to its end is named while it runs, also where it fails', async () => {
  let during: string | null = null;
  const failing = toItsEnd('Data is being put back', async () => {
    during = mustEnd();
    throw new Error('failed');
  });
  await expect(failing).rejects.toThrow('failed');
  expect([during, mustEnd()]).toEqual(['Data is being put back', null]);
});
