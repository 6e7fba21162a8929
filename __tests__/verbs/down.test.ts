/** What monitor-down keeps, and monitor-down-v too. */
import { type Item, LAB, standIn } from './stand-in/stand-in';

jest.setTimeout(300_000);

const CONTEXT = 'lab';
const scene = standIn();
const { begin, run, put, objects, remove } = scene;
const labels = { 'app.kubernetes.io/part-of': 'cdk8s-observability', 'app.kubernetes.io/instance': 'jan-monitoring' };
const claim = (name: string, more: object = {}): Item => ({
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'jan-monitoring', labels, ...more },
  spec: { volumeName: `pv-${name}` },
});
const volume = (persistentVolumeReclaimPolicy: string): Item => ({
  kind: 'PersistentVolume',
  metadata: { name: 'pv-jaeger-data' },
  spec: { persistentVolumeReclaimPolicy },
});
const claims = () => objects(LAB).filter((name) => name.includes('PersistentVolumeClaim'));

beforeEach(() => {
  put(LAB, [
    { kind: 'Namespace', metadata: { name: 'jan-monitoring' } },
    claim('jaeger-data'),
    claim('backup-prometheus'),
  ]);
  begin({});
});

test('monitor-down-v keeps the scheduled backups, and says how to delete them', async () => {
  const { code, output } = await run('down-v', { CONTEXT, DELETE: 'lab' });
  expect(code).toBe(0);
  expect(output).toMatch(/kept, with backups {2}persistentvolumeclaim\/backup-prometheus\n/);
  expect(output).not.toMatch(/to be deleted.*backup/);
  expect(output).toMatch(
    /Deleted 1 claims\..*\nTo delete the backups: kubectl --context lab -n jan-monitoring delete persistentvolumeclaim\/backup-prometheus\n/,
  );
  expect(claims()).toEqual(['jan-monitoring PersistentVolumeClaim backup-prometheus']);
});

describe('a claim that is being deleted', () => {
  const leaving = claim('jaeger-data', { deletionTimestamp: '2026-01-31T12:00:00Z' });
  beforeEach(() => put(LAB, [leaving, volume('Delete')]));
  afterAll(() => remove(LAB, leaving));

  test('monitor-down stops no pod before the volume is kept', async () => {
    put(LAB, [{ kind: 'ConfigMap', metadata: { name: 'a', namespace: 'jan-monitoring', labels } }]);
    expect(await run('down', { CONTEXT })).toEqual({
      code: 1,
      output: expect.stringMatching(
        /jaeger-data is being deleted: its data would be gone.*\n {2}fix {2}keep the data: kubectl --context lab patch pv pv-jaeger-data/,
      ),
    });
    expect(objects(LAB)).toContain('jan-monitoring ConfigMap a');
    put(LAB, [volume('Retain')]);
    expect((await run('down', { CONTEXT })).code).toBe(0);
    expect(objects(LAB)).not.toContain('jan-monitoring ConfigMap a');
  });

  test('what cannot be read is not known to be kept', async () => {
    put(LAB, [volume('Retain')]);
    begin({ failures: [{ match: '^get pv ', stderr: 'Error from server (Forbidden): it is forbidden' }] });
    expect((await run('down', { CONTEXT })).code).toBe(1);
  });

  test('monitor-up restarts nothing', async () => {
    expect(await run('up', { CONTEXT })).toEqual({
      code: 1,
      output: expect.stringMatching(/jaeger-data is being deleted: its data would be gone/),
    });
  });
});
