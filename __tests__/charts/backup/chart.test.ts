import { schema } from '../../../charts/backup/schema';
import { NOT_PRUNED } from '../../../charts/backup/scripts';
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

const argsOf = (manifests: ReturnType<typeof render>, program: string) =>
  /"args":\["([^"]*)"/.exec(JSON.stringify(find(manifests, 'CronJob', `backup-${program}`)))?.[1];

test('two stacks with one bucket have a folder each', () => {
  const s3 = `{type: s3, url: https://s3.example.com, bucket: backups, accessKeySecret: {name: a, key: b}, secretKeySecret: {name: a, key: c}}`;
  const folder = (namespace: string) =>
    argsOf(render(`namespace: ${namespace}\nbackup: {schedule: '30 2 * * *', destination: ${s3}}`), 'prometheus');
  expect(folder('one')).toMatch(/^s3:backups\/observability\/\w+\/one\/prometheus$/);
  expect(folder('two')).toMatch(/^s3:backups\/observability\/\w+\/two\/prometheus$/);
  expect(argsOf(CLAIM, 'grafana')).toMatch(/^\/copies\/\w+\/[\w-]+\/grafana$/);
});

test.each(['..', 'a/../b', '.', 'a/.', '../a'])('the folder %s is refused', (folder) => {
  const read = schema.safeParse({
    destination: {
      type: 's3',
      url: 'https://s3.example.com',
      bucket: 'backups',
      folder,
      accessKeySecret: { name: 'a', key: 'b' },
      secretKeySecret: { name: 'a', key: 'c' },
    },
  });
  expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual(['destination.folder']);
});

test('a run whose copy is stored is not tried again; each other failure is, from the start', () => {
  const text = JSON.stringify(find(CLAIM, 'CronJob', 'backup-grafana'));
  expect(text).toContain('"restartPolicy":"Never"');
  expect(text).toContain(`"operator":"In","values":[${NOT_PRUNED}]`);
});

test.each(PROGRAMS)('of several pods of %s, the one whose claim is copied is the neighbour', (program) => {
  const several = render("backup: {schedule: '30 2 * * *'}\nprometheus: {replicas: 2}\nalertmanager: {replicas: 3}");
  const named = /"statefulset.kubernetes.io\/pod-name":"(\w+-0)"/.exec(
    JSON.stringify(find(several, 'CronJob', `backup-${program}`)),
  )?.[1];
  expect(named).toBe(program === 'grafana' ? undefined : `${program}-0`);
});
