/** How a run of the Job ends: what its pod says while the Job has no condition yet, and an API server that is away for a moment. */
import { DOCUMENTED } from '../../../verbs/commands';
import { desiredState } from '../../../verbs/doctor/desired-state';
import { renderedOf } from '../../../verbs/expected';
import type { Pod } from '../../../verbs/objects';
import { endOf, type LiveJob } from '../../../verbs/smoke/job';
import type { State } from '../../../verbs/state';
import { configFrom, stackFrom } from '../../support';
import { LAB, standIn } from '../stand-in/stand-in';
import { until } from '../verb-process';

jest.setTimeout(120_000);

const desired = desiredState(renderedOf(configFrom(''), stackFrom('')), DOCUMENTED);
const NAME = 'monitor-test-1';

const state = (phase: string | null, events: readonly object[] = []): State =>
  ({
    controllers: [],
    claims: [],
    secrets: new Map(),
    events,
    pods: phase === null ? [] : [podIn(phase)],
  }) as unknown as State;
const podIn = (phase: string) =>
  ({
    metadata: { name: `${NAME}-abc`, namespace: 'x', labels: { 'batch.kubernetes.io/job-name': NAME } },
    spec: { containers: [] },
    status: { phase },
  }) as unknown as Pod;
const job = (...conditions: NonNullable<LiveJob['status']>['conditions'] & object): LiveJob =>
  ({ metadata: { name: NAME }, spec: { activeDeadlineSeconds: 340 }, status: { conditions } }) as unknown as LiveJob;
const refused = {
  involvedObject: { kind: 'Job', name: NAME },
  reason: 'FailedCreate',
  message: 'exceeded quota: all',
  metadata: {},
};

const problemOf = (end: ReturnType<typeof endOf>) => end?.problem?.cause;

test.each(['Succeeded', 'Failed', 'Running', 'Unknown'])(
  'a pod that is %s has started, however long it took: the Job gets its condition later',
  (phase) => expect(endOf(desired, job(), state(phase), 300)).toBeNull(),
);

test.each([
  [null, 'no pod runs after 120 s'],
  ['Pending', 'is starting'],
])('without a pod that has started (%s) it is given up after two minutes', (phase, cause) => {
  expect(endOf(desired, job(), state(phase), 119)).toBeNull();
  expect(problemOf(endOf(desired, job(), state(phase), 121))).toContain(cause);
});

test('a refused pod ends it at once, unless a later attempt has created one', () => {
  expect(problemOf(endOf(desired, job(), state(null, [refused]), 1))).toContain('exceeded quota: all');
  expect(endOf(desired, job(), state('Running', [refused]), 1)).toBeNull();
});

test('its end: by itself, by its deadline, or never', () => {
  const failed = { type: 'Failed', status: 'True' };
  expect(endOf(desired, job({ type: 'Complete', status: 'True' }), state('Succeeded'), 10)).toEqual({ problem: null });
  expect(endOf(desired, job(failed), state('Failed'), 10)).toEqual({ problem: null });
  const late = { ...failed, reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' };
  expect(problemOf(endOf(desired, job(late), state(null), 10))).toContain('longer than specified deadline');
  expect(endOf(desired, job(), state('Running'), 400)).toBeNull();
  expect(problemOf(endOf(desired, job(), state('Running'), 401))).toContain('it has not ended after 400 s');
});

describe('monitor-test', () => {
  const scene = standIn();

  test('waits where the API server is away for a moment', async () => {
    const CONTEXT = 'lab';
    scene.put(LAB, [{ kind: 'Namespace', metadata: { name: 'jan-monitoring' } }]);
    expect(await scene.run('up', { CONTEXT })).toMatchObject({ code: 0 });
    const stderr = 'The connection to the server lab.example.com was refused - did you specify the right host or port?';
    scene.begin({ failures: [{ match: '^get job ', stderr }] });
    const verb = scene.start('test', { CONTEXT });
    const asked = () => scene.calls().filter(({ line }) => line.startsWith('get job ')).length;
    await until(() => asked() > 1, 'a second attempt');
    const name = /Job (monitor-test-\S+) checks/.exec(verb.output())?.[1] ?? '';
    const status = { conditions: [{ type: 'Complete', status: 'True' }] };
    scene.put(LAB, [{ kind: 'Job', metadata: { name, namespace: 'jan-monitoring' }, ...{ status } }]);
    scene.clear();
    // The stand-in's log has no result.
    expect(await verb.ended).toBe(1);
    expect(verb.output()).toMatch(/the Job ended before/);
    expect(verb.output()).not.toMatch(/was refused|Job\/monitor-test/);
    expect(scene.objects(LAB).filter((object) => object.includes(' Job '))).toEqual([]);
  });
});
