/** Which cluster, and whether data goes for ever: two questions with an answer each. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOTH, type Item, LAB, standIn } from './stand-in/stand-in';

jest.setTimeout(120_000);

const scene = standIn();
const { begin, run, calls, objects, put } = scene;
const labels = { 'app.kubernetes.io/part-of': 'cdk8s-observability', 'app.kubernetes.io/instance': 'jan-monitoring' };
const claim: Item = {
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'jaeger-data', namespace: 'jan-monitoring', labels },
};
const stranger: Item = { kind: 'PersistentVolumeClaim', metadata: { name: 'theirs', namespace: 'jan-monitoring' } };
const CLAIM = 'jan-monitoring PersistentVolumeClaim jaeger-data';

beforeEach(() => {
  put(LAB, [{ kind: 'Namespace', metadata: { name: 'jan-monitoring' } }, claim, stranger]);
  begin({});
});

const refused = async (variables: Readonly<Record<string, string>>, why: RegExp) => {
  const { code, output } = await run('down-v', variables);
  expect([code, output]).toEqual([1, expect.stringMatching(why)]);
  expect(objects(LAB)).toContain(CLAIM);
  expect(calls().filter(({ line }) => line.startsWith('delete'))).toEqual([]);
};

test('a yes says which cluster, and deletes nothing: data goes where its context is named', async () => {
  await refused(
    { YES: '1' },
    /no terminal to confirm the deletion[\s\S]*make monitor-down-v ENVIRONMENT=test DELETE=lab confirms/,
  );
  await refused({ CONTEXT: 'lab', YES: '1' }, /make monitor-down-v ENVIRONMENT=test CONTEXT=lab DELETE=lab confirms/);
  await refused({ YES: '1', DELETE: 'prod' }, /DELETE is prod, and the context is lab: nothing was deleted/);
  await refused({ YES: '1', DELETE: '1' }, /DELETE is 1, and the context is lab/);
  begin({});
  await refused({ DELETE: 'lab' }, /Not confirmed yet: use the cluster lab/);
  expect(await run('down-v', { CONTEXT: 'lab', DELETE: 'lab' })).toEqual({
    code: 0,
    output: expect.stringMatching(
      /to be deleted.*jaeger-data[\s\S]*Deleted 1 claims.*kubectl --context lab delete namespace/,
    ),
  });
  expect(objects(LAB).filter((name) => name.includes('Claim'))).toEqual([
    'jan-monitoring PersistentVolumeClaim theirs',
  ]);
});

test('a Secret that existed before gets the given password, and survives down-v', async () => {
  put(LAB, [{ kind: 'Secret', metadata: { name: 'grafana-admin', namespace: 'jan-monitoring' } }]);
  const { code, output } = await run('up', { CONTEXT: 'lab', GRAFANA_ADMIN_PASSWORD: 'given' });
  expect([code, output]).toEqual([0, expect.stringContaining('Secret grafana-admin: user admin with')]);
  await run('down-v', { CONTEXT: 'lab', DELETE: 'lab' });
  expect(objects(LAB)).toContain('jan-monitoring Secret grafana-admin');
});

test('a Secret that monitor-up has made goes with down-v', async () => {
  scene.remove(LAB, { kind: 'Secret', metadata: { name: 'grafana-admin', namespace: 'jan-monitoring' } });
  await run('up', { CONTEXT: 'lab' });
  expect(objects(LAB)).toContain('jan-monitoring Secret grafana-admin');
  await run('down-v', { CONTEXT: 'lab', DELETE: 'lab' });
  expect(objects(LAB)).not.toContain('jan-monitoring Secret grafana-admin');
});

describe('the confirmed clusters', () => {
  const write = (config: object) => writeFileSync(join(scene.folder, 'kubeconfig'), JSON.stringify(config));

  test('is asked for once, and again where another cluster has the same name and address', async () => {
    expect((await run('down')).output).toMatch(/Not confirmed yet: use the cluster lab at https:/);
    expect((await run('down', { YES: '1' })).code).toBe(0);
    expect((await run('down')).code).toBe(0);
    const clusters = BOTH.clusters.map(({ name, cluster }) => ({
      name,
      cluster: { ...cluster, 'certificate-authority-data': Buffer.from('another').toString('base64') },
    }));
    write({ ...BOTH, clusters });
    expect(await run('down')).toEqual({
      code: 1,
      output: expect.stringMatching(/a different cluster now has this name and address/),
    });
    expect((await run('down', { CONTEXT: 'lab' })).code).toBe(0);
    write(BOTH);
    expect((await run('down')).code).toBe(1);
  });

  test('with a damaged file: the message says how to fix it', async () => {
    writeFileSync(join(scene.root, '.monitor-contexts.json'), '{');
    expect(await run('down')).toEqual({ code: 1, output: expect.stringMatching(/is not JSON\n {2}fix {2}delete it/) });
  });
});

test('no context, or not the one that was asked for: says how to choose one', async () => {
  begin({}, {});
  expect(await run('down')).toEqual({
    code: 1,
    output: expect.stringMatching(/no current context[\s\S]*get-contexts/),
  });
  begin({});
  expect(await run('down', { CONTEXT: 'none' })).toEqual({
    code: 1,
    output: expect.stringMatching(/kubectl has no context none[\s\S]*get-contexts/),
  });
});
