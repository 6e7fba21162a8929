/** One command at a time: another one waits for a sign of life of the holder, and changes nothing if it finds one. */
import { isRenewed, LEASE } from '../../../verbs/backup/lease';
import { LAB, standIn } from '../stand-in/stand-in';

jest.setTimeout(120_000);

const lease = (holderIdentity: string, renewTime: string) => ({
  kind: 'Lease',
  metadata: { name: LEASE, namespace: 'jan-monitoring', annotations: {} },
  spec: { holderIdentity, renewTime, acquireTime: '10:00' },
});

test.each([
  ['it is renewed', lease('ada', '10:00'), lease('ada', '10:05'), true],
  ['another one has taken it', lease('ada', '10:00'), lease('bob', '10:00'), true],
  ['nothing renews it', lease('ada', '10:00'), lease('ada', '10:00'), false],
  ['it was released', lease('ada', '10:00'), lease('', '10:05'), false],
])('%s', (_title, first, now, expected) => expect(isRenewed(first, now)).toBe(expected));

const scene = standIn();
const CONTEXT = 'lab';
const namespace = { kind: 'Namespace', metadata: { name: 'jan-monitoring' } };

test.each([
  ['up', {}],
  ['down', {}],
  ['down-v', { DELETE: CONTEXT }],
])('%s during a restore is refused, and changes nothing', async (verb, variables) => {
  scene.begin({});
  scene.put(LAB, [namespace, lease('monitor-restore of ada on laptop', '10:00')]);
  const before = scene.objects(LAB);
  const running = scene.start(verb, { CONTEXT, ...variables });
  await running.printed(/waiting for a sign of monitor-restore of ada on laptop, for 20 s at most/);
  scene.put(LAB, [lease('monitor-restore of ada on laptop', '10:05')]);
  expect([await running.ended, running.output()]).toEqual([
    1,
    expect.stringMatching(
      /monitor-restore of ada on laptop is at work in namespace jan-monitoring, since 10:00\n {2}fix/,
    ),
  ]);
  expect(scene.objects(LAB)).toEqual(before);
  expect(scene.calls().filter(({ line }) => /^(apply|delete|patch)/.test(line))).toEqual([]);
});

test('a user who may not read Leases can run monitor-up, which says what is not checked', async () => {
  scene.begin({
    failures: [{ match: '^get lease', stderr: 'Error from server (Forbidden): leases is forbidden: no' }],
  });
  const { code, output } = await scene.run('up', { CONTEXT });
  expect([code, output]).toEqual([0, expect.stringMatching(/You cannot read Leases/)]);
});
