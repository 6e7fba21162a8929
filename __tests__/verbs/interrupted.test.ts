/** Ctrl-C while a program does not answer: the verb ends at once, and begins nothing more. */
import { readdirSync } from 'node:fs';
import { LAB, standIn } from './stand-in/stand-in';
import { until } from './verb-process';

jest.setTimeout(120_000);

const scene = standIn();
const CONTEXT = 'lab';
const forwards = () => scene.calls().filter(({ line }) => line.startsWith('port-forward')).length;

beforeAll(async () => {
  scene.put(LAB, [{ kind: 'Namespace', metadata: { name: 'jan-monitoring' } }]);
  expect(await scene.run('up', { CONTEXT })).toMatchObject({ code: 0 });
});

test.each(['query', 'export', 'test', 'status'])('%s', async (name) => {
  scene.begin({ isSilent: true });
  const verb = scene.start(name, { CONTEXT, Q: 'up' });
  await until(scene.isAsked, 'a request');
  const started = Date.now();
  verb.child.kill('SIGINT');
  expect(await verb.ended).toBe(130);
  expect(Date.now() - started).toBeLessThan(8000);
  expect(forwards()).toBe(1);
  // No message of a connection that broke off, and no table of what is not known.
  expect(verb.output()).not.toMatch(/ECONN|aborted|kubectl|NOT CHECKED|problem|healthy/);
  expect(scene.objects(LAB).filter((object) => object.includes(' Job '))).toEqual([]);
  expect(readdirSync(scene.root).filter((file) => file.startsWith('monitor-export'))).toEqual([]);
});
