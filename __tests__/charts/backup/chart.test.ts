import { find, render, stackFrom } from '../../support';
import { policy } from '../../support/policies';

const CLAIM = render("backup: {schedule: '30 2 * * *', destination: {type: claim, storage: 20Gi}}");
const PROGRAMS = ['prometheus', 'grafana', 'alertmanager'];

test('without a schedule there is nothing of it', () => {
  const named = render('').filter(({ metadata: { name } }) => name.startsWith('backup-'));
  expect(named).toEqual([]);
});

test.each(PROGRAMS)('copies of %s on a claim have a claim of their own, which is kept', (program) => {
  const name = `backup-${program}`;
  const claims = stackFrom("backup: {schedule: '30 2 * * *'}").keep.charts.flatMap((chart) => chart.toJson());
  expect(claims).toContainEqual(
    expect.objectContaining({ kind: 'PersistentVolumeClaim', metadata: expect.objectContaining({ name }) }),
  );
  expect(find(CLAIM, 'PersistentVolumeClaim', name).spec).toMatchObject({
    resources: { requests: { storage: '20Gi' } },
  });
  expect(JSON.stringify(find(CLAIM, 'CronJob', name))).toContain(`"claimName":"${name}"`);
});

test.each(PROGRAMS)('the pod that copies %s to a claim connects to nothing', (program) => {
  const { ingress = [], egress = [] } = policy(CLAIM, `backup-${program}`);
  expect([ingress, egress]).toEqual([[], []]);
});
