import { type PodTimes, startsOf, startText } from '../../lab/start-times';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString().replace('.000Z', 'Z');

interface Times {
  readonly created: number;
  readonly scheduled: number;
  readonly initialized: number;
  readonly started: number;
  readonly ready: number | null;
}
const TIMES: Times = { created: 1, scheduled: 2, initialized: 5, started: 9, ready: 14 };

/** A pod of a Deployment, as the API server returns it. */
const pod = (name: string, times: Partial<Times> = {}, others: Partial<PodTimes['metadata']> = {}): PodTimes => {
  const { created, scheduled, initialized, started, ready } = { ...TIMES, ...times };
  const condition = (type: string, second: number | null) => ({
    type,
    status: second === null ? 'False' : 'True',
    lastTransitionTime: at(second ?? started),
  });
  return {
    metadata: {
      name: `${name}-5cbd-x7x2`,
      creationTimestamp: at(created),
      labels: { 'pod-template-hash': '5cbd' },
      ownerReferences: [{ kind: 'ReplicaSet', name: `${name}-5cbd` }],
      ...others,
    },
    status: {
      // In the order of the kubelet's, which is not that of time.
      conditions: [
        condition('Initialized', initialized),
        condition('Ready', ready),
        condition('ContainersReady', ready),
        condition('PodScheduled', scheduled),
      ],
      containerStatuses: [{ restartCount: 0, state: { running: { startedAt: at(started) } } }],
    },
  };
};

describe('the starts', () => {
  test('have the seconds of each phase, from the apply on', () => {
    expect(startsOf([pod('jaeger')], at(0))).toEqual([
      {
        workload: 'jaeger',
        seconds: 14,
        phases: { create: 1, schedule: 1, init: 3, containers: 4, probes: 5 },
        restarts: 0,
      },
    ]);
  });

  test('are sorted: the slowest first, and by name where they took as long', () => {
    const pods = [pod('fast', { ready: 10 }), pod('later'), pod('earlier'), pod('slow', { ready: 20 })];
    expect(startsOf(pods, at(0)).map(({ workload }) => workload)).toEqual(['slow', 'earlier', 'later', 'fast']);
  });

  test('of several pods of a workload are that of the last one', () => {
    const owner = { labels: {}, ownerReferences: [{ kind: 'StatefulSet', name: 'collector' }] };
    const pods = [pod('one', {}, owner), pod('two', { ready: 30 }, owner), pod('three', { ready: 29 }, owner)];
    expect(startsOf(pods, at(0))).toMatchObject([{ workload: 'collector', seconds: 30, phases: { probes: 21 } }]);
  });

  test('keep a hash that is only in the middle of a name', () => {
    const metadata = { ownerReferences: [{ kind: 'ReplicaSet', name: 'a-5cbd-b-5cbd' }] };
    expect(startsOf([pod('any', {}, metadata)], at(0))).toMatchObject([{ workload: 'a-5cbd-b' }]);
  });

  test('add up where a step is written later than the next', () => {
    const [start] = startsOf([pod('jaeger', { initialized: 10, started: 9, ready: 12 })], at(0));
    expect(start).toMatchObject({
      seconds: 12,
      phases: { create: 1, schedule: 1, init: 8, containers: 0, probes: 2 },
    });
  });

  test('wait for the last container, and count restarts', () => {
    const { metadata, status } = pod('jaeger');
    const containerStatuses = [
      { restartCount: 2, state: { running: { startedAt: at(13) } } },
      { restartCount: 1, state: { running: { startedAt: at(3) } } },
    ];
    const [start] = startsOf([{ metadata, status: { ...status, containerStatuses } }], at(0));
    expect(start).toMatchObject({ restarts: 3, phases: { containers: 8, probes: 1 } });
  });

  test('are not those of Jobs, nor of pods that are being deleted', () => {
    const job = pod('clean', { ready: null }, { ownerReferences: [{ kind: 'Job', name: 'clean' }] });
    const deleted = pod('jaeger', { ready: 40 }, { deletionTimestamp: at(50) });
    expect(startsOf([job, deleted, pod('jaeger')], at(0))).toMatchObject([{ workload: 'jaeger', seconds: 14 }]);
  });

  test('need every pod to be ready', () => {
    expect(() => startsOf([pod('jaeger', { ready: null })], at(0))).toThrow('pod jaeger-5cbd-x7x2 is not Ready');
  });
});

describe('the text', () => {
  test('is a table, and names the slowest with where its time went, the most first', () => {
    const pods = [pod('jaeger'), pod('grafana', { initialized: 2, started: 4, ready: 21 })];
    const [, , grafana, jaeger, slowest] = startText(startsOf(pods, at(0))).split('\n');
    expect(grafana).toBe('| grafana | 21 | 1 | 1 | 0 | 2 | 17 | 0 |');
    expect(jaeger).toBe('| jaeger | 14 | 1 | 1 | 3 | 4 | 5 | 0 |');
    expect(slowest).toBe(
      'slowest: grafana, 21 s: 17 s program, until its probes succeed, 2 s volumes, network, images, containers, 1 s until the pod is created, 1 s until it has a node',
    );
  });

  test('needs a start', () => expect(() => startText([])).toThrow('no workload has started'));
});
