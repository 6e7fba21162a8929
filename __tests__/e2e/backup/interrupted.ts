import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../cluster/cluster';
import { startVerb, verb } from '../stack';
import { helpers, jaeger, kept, PROJECT, replicasOf, VARIABLES } from './stack';

/** A command that ends half way loses nothing, and the next one works. */
export function interrupted(): void {
  const areThere = async () => (await jaeger.stored(kept.traces)).length === kept.traces.length;

  test('Ctrl-C leaves the stack as it was', async () => {
    const folder = `${kept.folder}-interrupted`;
    const running = startVerb(PROJECT, 'backup', { ...VARIABLES, TO: folder });
    await running.printed(/stopping jaeger/);
    await until(() => replicasOf('jaeger') === '0', 'Jaeger to be stopped');
    running.child.kill('SIGINT');
    expect([await running.ended, running.output()]).toEqual([
      130,
      expect.stringMatching(/Interrupted: there is no backup/),
    ]);
    expect([replicasOf('jaeger'), helpers(), existsSync(folder)]).toEqual(['1', '', false]);
    await until(areThere, 'the traces to be there');
  });

  test('a killed one leaves Jaeger stopped; the next one starts it and works', async () => {
    const running = startVerb(PROJECT, 'backup', { ...VARIABLES, TO: `${kept.folder}-killed` });
    await running.printed(/stopping jaeger/);
    await until(() => replicasOf('jaeger') === '0', 'Jaeger to be stopped');
    running.child.kill('SIGKILL');
    await running.ended;
    expect([replicasOf('jaeger'), existsSync(`${kept.folder}-killed`)]).toEqual(['0', false]);
    const { code, output } = await verb(PROJECT, 'backup', { ...VARIABLES, TO: `${kept.folder}-next` });
    expect([code, output]).toEqual([0, expect.stringMatching(/deployment\/jaeger was left stopped[\s\S]*complete/)]);
    expect([replicasOf('jaeger'), helpers(), existsSync(join(`${kept.folder}-next`, 'contents.json'))]).toEqual([
      '1',
      '',
      true,
    ]);
    await until(areThere, 'the traces to be there');
  });
}
