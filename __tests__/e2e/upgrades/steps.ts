import { execFileSync } from 'node:child_process';
import { kubectl, until } from '../../cluster/cluster';
import { list } from '../stack';
import { dataIsThere, writeData } from './data';
import { differenceOf, observe, predict } from './predicted';
import { allowGrowth, CLASS, EMPTY, NAMESPACE, podsOf, rendered, sizes, startUp, up, verb } from './stack';

const QUEUES = ['queue-otel-collector-0', 'queue-otel-collector-1'];
const GROWN = { collector: { queue: { storage: '6Gi' } }, jaeger: { storage: '12Gi' } };
const GROWN_AGAIN = { ...GROWN, collector: { queue: { storage: '7Gi' } } };
const SELECTOR = [
  { op: 'add', path: '/spec/selector/matchLabels/tier', value: 'a' },
  { op: 'add', path: '/spec/template/metadata/labels/tier', value: 'a' },
];
/** Something of each kind: pods that restart, an object that is replaced, a claim that grows, a file that is read again. */
const REPLACED = {
  ...{ ...GROWN_AGAIN, collector: { ...GROWN_AGAIN.collector, logLevel: 'debug' }, jaeger: { storage: '13Gi' } },
  patches: [{ kind: 'Deployment', name: 'jaeger', json: SELECTOR }],
};
const WITHOUT_ALERTMANAGER = { ...REPLACED, alertmanager: { enabled: false } };

interface Item {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly uid: string; readonly generation?: number };
  readonly spec: Readonly<Record<string, unknown>>;
}
const objects = () =>
  list<Item>(NAMESPACE, 'deployments,statefulsets,pvc').map(({ kind, metadata: { name, uid, generation }, spec }) => ({
    ...{ kind, name, uid, generation, spec },
  }));
const collectors = () => podsOf('opentelemetry-collector');

/** The stack before all upgrades. */
export function before(): void {
  test('claims that get no volume: the programs do not start, and another class repairs that', async () => {
    const empty = await verb('up', { storage: { className: EMPTY } }, { TIMEOUT: '5' });
    expect(empty).toEqual({ code: 1, output: expect.stringContaining('Not every workload is ready') });
    const claims = Object.keys(sizes());
    expect(claims).toEqual(expect.arrayContaining([...QUEUES, 'jaeger-data', 'prometheus-data']));
    const output = await up();
    expect(output).not.toContain('take a backup');
    expect(output).toMatch(
      /StatefulSet\/otel-collector is deleted and applied again.*\n(.*\n)*.*queue-otel-collector-0 has no volume yet/,
    );
    expect(list<Item>(NAMESPACE, 'pvc').map(({ spec }) => spec.storageClassName)).toEqual(claims.map(() => CLASS));
  });

  test('data is written', async () => {
    await writeData();
  });

  test('monitor-diff finds no change: defaults of the server and managed fields are none', async () => {
    expect(await verb('diff')).toEqual({ code: 0, output: expect.stringMatching(/\n {2}no change\n$/) });
  });
}

/** Claims that grow. */
export function growth(): void {
  test('monitor-diff says what would be done, and changes nothing', async () => {
    const was = objects();
    const { code, output } = await verb('diff', GROWN);
    expect(code).toBe(0);
    expect(output).toMatch(/refused {2}StatefulSet\/otel-collector +cannot be changed: .*5Gi → 6Gi/);
    expect(output).toMatch(/grow {5}PersistentVolumeClaim\/jaeger-data +10Gi becomes 12Gi/);
    expect(output).toMatch(
      /monitor-up.* would do first:\n(.*\n)*.*StatefulSet\/otel-collector is replaced, and its pods run on/,
    );
    expect(objects()).toEqual(was);
  });

  test('a class without growth: refused before anything is changed', async () => {
    const was = objects();
    allowGrowth(false);
    const { code, output } = await verb('up', GROWN);
    allowGrowth(true);
    expect(code).toBe(1);
    expect(output).toMatch(
      /jaeger-data is to grow from 10Gi to 12Gi, and its StorageClass e2e-upgrades does not allow it\n {2}fix/,
    );
    expect(output).toMatch(/queue-otel-collector-0 is to grow from 5Gi to 6Gi/);
    expect(output).not.toContain('would be lost');
    expect(objects()).toEqual(was);
  });

  test('the claims of a Deployment and of a StatefulSet grow, and their pods run on', async () => {
    const was = { ...collectors(), ...podsOf('jaeger') };
    const output = await up(GROWN);
    expect(output).toContain('queue-otel-collector-1 gets its new size');
    expect(sizes()).toMatchObject({
      'jaeger-data': '12Gi',
      'queue-otel-collector-0': '6Gi',
      'queue-otel-collector-1': '6Gi',
    });
    const [set] = list<Item>(NAMESPACE, 'statefulsets');
    expect(JSON.stringify(set?.spec.volumeClaimTemplates)).toContain('"storage":"6Gi"');
    expect({ ...collectors(), ...podsOf('jaeger') }).toEqual(was);
    await dataIsThere();
  });

  test('one that is killed between two steps is completed by the next', async () => {
    const was = collectors();
    const uid = () =>
      list<Item>(NAMESPACE, 'statefulsets')
        .map(({ metadata }) => metadata.uid)
        .join();
    const first = uid();
    const running = startUp(GROWN_AGAIN);
    await until(() => uid() !== first, 'the StatefulSet to be deleted');
    running.child.kill('SIGKILL');
    await running.ended;
    await up(GROWN_AGAIN);
    expect(sizes()).toMatchObject(Object.fromEntries(QUEUES.map((name) => [name, '7Gi'])));
    expect(uid()).not.toBe(first);
    expect(collectors()).toEqual(was);
    await dataIsThere();
  });
}

/** Changes that replace an object, or that would lose data. */
export function replacement(): void {
  test('an object of another stack is not replaced, and the printed command hands it over', async () => {
    kubectl(['-n', NAMESPACE, 'label', 'deployment/jaeger', 'app.kubernetes.io/instance=other', '--overwrite']);
    const was = objects();
    const { code, output } = await verb('up', REPLACED);
    expect(code).toBe(1);
    expect(output).toContain(`Deployment/jaeger in namespace ${NAMESPACE} belongs to the stack in namespace other`);
    expect(objects()).toEqual(was);
    const command = /hand it over: (kubectl .*)/.exec(output)?.[1] ?? 'false';
    execFileSync('sh', ['-c', command], { stdio: 'pipe' });
    expect(await verb('diff', GROWN_AGAIN)).toEqual({ code: 0, output: expect.stringMatching(/\n {2}no change\n$/) });
  });

  test('what impact predicts from two renderings is what monitor-up does', async () => {
    const predicted = predict(rendered(GROWN_AGAIN), rendered(REPLACED));
    const was = observe();
    const output = await up(REPLACED);
    expect(output).toContain('Deployment/jaeger is deleted and applied again: its pods stop meanwhile');
    const done = observe();
    expect(predicted.replaced).toEqual(['Deployment/jaeger']);
    expect(predicted.restarted).toEqual(['Deployment/jaeger', 'StatefulSet/otel-collector']);
    expect(predicted.grown).toEqual(['PersistentVolumeClaim/jaeger-data 12Gi becomes 13Gi']);
    expect(differenceOf(was, done)).toEqual(predicted);
    await dataIsThere();
  });

  test('another class: refused with the steps, and nothing is changed', async () => {
    const was = objects();
    const { code, output } = await verb('up', { ...REPLACED, storage: { className: 'standard' } });
    expect(code).toBe(1);
    for (const object of [
      'PersistentVolumeClaim/jaeger-data',
      'PersistentVolumeClaim/prometheus-data',
      'StatefulSet/otel-collector',
    ])
      expect(output).toMatch(
        new RegExp(
          `${object} cannot be changed: .*e2e-upgrades → standard.*its data would be lost\\n {2}fix {2}set it back; or`,
        ),
      );
    // The volume of a claim is no setting.
    expect(output).not.toContain('volumeName');
    expect(objects()).toEqual(was);
  });

  test('what is no longer rendered: shown, deleted, and its claim kept', async () => {
    const { output: shown } = await verb('diff', WITHOUT_ALERTMANAGER);
    expect(shown).toMatch(/removed\n(.*\n)* {4}Deployment\/alertmanager\n/);
    expect(shown).toMatch(/data {5}PersistentVolumeClaim\/alertmanager-data +it stays in the cluster with its data/);
    const output = await up(WITHOUT_ALERTMANAGER);
    expect(output).toMatch(/deleted objects that are no longer rendered: .*Deployment\/alertmanager/);
    expect(kubectl(['-n', NAMESPACE, 'get', 'pvc', 'alertmanager-data', '-o', 'name'])).toContain('alertmanager-data');
    const { output: after } = await verb('diff', WITHOUT_ALERTMANAGER);
    expect(after).toMatch(
      /no change\n {2}unused {3}PersistentVolumeClaim\/alertmanager-data: it stays, with its data\n/,
    );
    await dataIsThere();
  });
}
