import { CHECK_TITLES } from '../../../charts/smoke/names';
import { run } from '../../cluster/cluster';
import { tested, well } from './stack';

const ask = (variables: Readonly<Record<string, string>>) => run(well.root, 'query', variables);

/** monitor-query, on the real Prometheus and Jaeger. */
export function asking(): void {
  test('a table of series', async () => {
    const { code, output } = await ask({ Q: 'up{job=~"jaeger|alertmanager"}' });
    expect(code).toBe(0);
    expect(output).toMatch(/^metric +instance +job +namespace +pod +value\n/);
    expect(output).toMatch(/^up +\S+:8888 +jaeger +e2e-smoke +jaeger-\S+ +1$/m);
  });

  test('JSON', async () => {
    const { output } = await ask({ Q: '1 + 1', FORMAT: 'json' });
    expect(JSON.parse(output)).toEqual({ resultType: 'scalar', result: [expect.any(Number), '2'] });
  });

  test('the place of a mistake', async () => {
    const { code, output } = await ask({ Q: 'rate(up[1m]) + rate(up)' });
    expect(code).toBe(1);
    expect(output).toContain('expected type range vector');
    expect(output).toMatch(/\n {2}rate\(up\[1m\]\) \+ rate\(up\)\n {2} {20}\^\n/);
  });

  test('a trace, and one that is not there', async () => {
    const { rows } = await tested(well.root);
    const [, id = ''] = rows.get(CHECK_TITLES['trace-http'])?.found.match(/^trace (\w+)/) ?? [];
    const { output } = await ask({ TRACE: id });
    expect(output).toMatch(
      /^start +duration +service +operation +status\n0.0 ms +0.0 ms +monitor-test +monitor-test\n$/,
    );
    expect(await ask({ TRACE: 'abc' })).toEqual({
      code: 1,
      output: expect.stringContaining('Jaeger has no trace abc'),
    });
  });
}
