/** What shows only while the programs run. */
import { diagnose } from '../../../verbs/doctor/diagnose';
import { NO_SERIES } from '../../../verbs/doctor/series';
import type { Lease, Survey } from '../../../verbs/doctor/survey';
import { named, sceneOf, TIME } from './survey';

const scene = sceneOf('alertmanager: { deadMansSwitch: { urlSecret: { name: heartbeat, key: url } } }\n');
const { survey, desired } = scene;
const LATER = '2026-02-01T00:00:00Z';

const lease = (name: string, renewTime: string): Lease => ({
  metadata: { name, managedFields: [{ time: TIME }] },
  spec: { renewTime },
});
test.each<[what: string, change: Partial<Survey>, found: readonly string[]]>([
  ['a clock that is ahead', { leases: [lease('node-1', '2026-01-31T13:00:00.5Z')] }, ['clock-off Node/node-1']],
  ['a clock that is right', { leases: [lease('node-1', '2026-01-31T12:00:04Z')] }, []],
  ['the clock of a node without our pods', { leases: [lease('node-2', LATER)] }, []],
  ['a lease that cannot be read in full', { leases: [{ metadata: { name: 'node-1' } }] }, []],
  [
    'data that goes early',
    { series: { ...NO_SERIES, deletedBySize: [{ labels: {}, value: 3 }], oldest: [{ labels: {}, value: 86_400 }] } },
    ['retention-by-size Deployment/prometheus'],
  ],
  [
    'data that goes in time',
    {
      series: { ...NO_SERIES, deletedBySize: [{ labels: {}, value: 3 }], oldest: [{ labels: {}, value: 86_400 * 40 }] },
    },
    [],
  ],
  [
    'a webhook that is down',
    { series: { ...NO_SERIES, failedNotifications: [{ labels: { integration: 'webhook' }, value: 1 }] } },
    ['notifications-fail Deployment/alertmanager'],
  ],
  [
    'a missing permission',
    { refused: [{ resource: 'storageclasses', namespace: null, unchecked: 'StorageClasses' }] },
    ['not-permitted Permission/storageclasses'],
  ],
])('%s', (_what, change, found) => expect(named(scene, change)).toEqual(found));

test('the address of a webhook, which is a secret, is not printed', () => {
  const line =
    'level=ERROR msg="Notify for alerts failed" component=dispatcher err="webhook/webhook[0]: Post \\"https://hooks.example.com/T0/secret\\": dial tcp 192.0.2.1:443: connect: connection refused"';
  const series = { ...NO_SERIES, failedNotifications: [{ labels: { integration: 'webhook' }, value: 1 }] };
  const [finding] = diagnose(
    desired,
    { ...survey, series, logs: new Map([['alertmanager-5d9-x1/alertmanager', line]]) },
    () => [],
  );
  expect(finding?.cause).toMatch(/its address.*connection refused/);
  expect(JSON.stringify(finding)).not.toContain('hooks.example.com');
});

test('a remark is marked', () => {
  const [remark] = diagnose(desired, { ...survey, neighbours: new Map() }, () => []);
  const refused = [{ resource: 'leases', namespace: null, unchecked: 'clocks' }];
  const [problem] = diagnose(desired, { ...survey, refused }, () => []);
  expect([remark?.isRemark, problem?.isRemark]).toEqual([true, undefined]);
});
