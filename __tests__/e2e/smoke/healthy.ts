import { CHECK_TITLES } from '../../../charts/smoke/names';
import { run } from '../../cluster/cluster';
import { failuresOf, NAMESPACE, tested, well } from './stack';

/** On a healthy stack every check passes, and nothing is left of the run. */
export function healthy(): void {
  test('monitor-up', async () => {
    const { code, output } = await run(well.root, 'up', { TIMEOUT: '240' });
    if (code !== 0) throw new Error(output);
  });

  test('every check passes', async () => {
    const { code, rows } = await tested(well.root);
    expect(failuresOf(rows)).toEqual({});
    expect(code).toBe(0);
    const { notifications, ...expected } = CHECK_TITLES;
    expect([...rows.keys()]).toEqual([
      ...Object.values(expected),
      ...['forwarded ports', 'data sources', 'clock of this machine'],
    ]);
    expect([...rows.keys()]).not.toContain(notifications);
    expect(rows.get(CHECK_TITLES['trace-grpc'])?.found).toMatch(/^trace [0-9a-f]{32}, found after \d+ s$/);
  });

  test('its Job is gone, and monitor-status does not count it', async () => {
    expect(well.inStack('get', 'jobs', '-o', 'name')).toBe('');
    const { code, output } = await run(well.root, 'status');
    expect({ code, output }).toEqual({ code: 0, output: expect.not.stringContaining('monitor-test ') });
    expect(output).toContain(NAMESPACE);
  });

  test('monitor-up leaves what the Job needs', async () => {
    const { output } = await run(well.root, 'up', { TIMEOUT: '240' });
    expect(output).not.toContain('no longer rendered');
    expect(well.inStack('get', 'serviceaccount', 'monitor-test', '-o', 'name')).toBe('serviceaccount/monitor-test\n');
  });
}
