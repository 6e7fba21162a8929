import { compare, snapshotOf } from '../../metrics/compare';
import { emittedOf, type SeriesLabels } from '../../metrics/emitted';
import { entriesOf } from '../../metrics/entries';

const { counter, gauge, histogram, info } = entriesOf('prometheus');
/** Labels of a target of the job `prometheus`. */
const TARGET = { job: 'prometheus', instance: 'localhost:9090' };

const REQUESTS = counter('requests_total', 'requests', { code: 'fixed' });
const SECONDS = histogram('request_seconds', 'seconds', { handler: 'fixed' });

const emits = (series: readonly SeriesLabels[], types: Readonly<Record<string, string>>) =>
  emittedOf(
    series.map((labels) => ({ ...TARGET, ...labels })),
    Object.entries(types).map(([metric, type]) => ({ metric, type })),
  );
const SERIES: readonly SeriesLabels[] = [
  { __name__: 'requests_total', code: '200' },
  { __name__: 'request_seconds_bucket', handler: '/', le: '1' },
  { __name__: 'request_seconds_sum', handler: '/' },
  { __name__: 'request_seconds_count', handler: '/' },
];
const TYPES = { requests_total: 'counter', request_seconds: 'histogram' };

describe('what a program emits', () => {
  test('parts are one metric, with the labels of all', () => {
    const emitted = emits(SERIES, TYPES);
    expect([...emitted.keys()]).toEqual(['requests_total', 'request_seconds']);
    expect([...(emitted.get('request_seconds')?.labels ?? [])].sort()).toEqual(['handler', 'instance', 'job', 'le']);
  });

  test('OpenMetrics gives the type of a counter, and of an info, without their suffix', () => {
    const emitted = emits([{ __name__: 'requests_total' }, { __name__: 'target_info' }], {
      requests: 'counter',
      target: 'info',
    });
    expect([...emitted].map(([name, { type }]) => [name, type])).toEqual([
      ['requests_total', 'counter'],
      ['target_info', 'info'],
    ]);
  });

  test('a counter whose name is another gauge’s with _total is itself', () => {
    const series = [{ __name__: 'alloc_bytes' }, { __name__: 'alloc_bytes_total' }];
    for (const types of [
      { alloc_bytes: 'gauge', alloc_bytes_total: 'counter' },
      { alloc_bytes_total: 'counter', alloc_bytes: 'gauge' },
    ]) {
      expect([...emits(series, types)].map(([name, { type }]) => `${name} ${type}`)).toEqual([
        'alloc_bytes gauge',
        'alloc_bytes_total counter',
      ]);
    }
  });

  test('of what metadata does not tell, the type is unknown', () =>
    expect(emits([{ __name__: 'up' }], {}).get('up')?.type).toBe('unknown'));
});

describe('is proven', () => {
  test('as it is listed', () =>
    expect(compare([REQUESTS, SECONDS], emits(SERIES, TYPES), '3.16.0')).toEqual({
      proven: [REQUESTS, SECONDS],
      unproven: [],
      failures: [],
    }));

  test('with fewer labels, since an empty one is none', () => {
    const { proven } = compare([REQUESTS], emits([{ __name__: 'requests_total' }], TYPES), '3.16.0');
    expect(proven).toEqual([REQUESTS]);
  });

  test('an info that is written as a gauge, and a counter without a type', () => {
    const build = info('build_info', { version: 'bounded' });
    const kills = counter('oom_kill', 'kills');
    const emitted = emits([{ __name__: 'build_info', version: '1' }, { __name__: 'oom_kill' }], {
      build_info: 'gauge',
      oom_kill: 'unknown',
    });
    expect(compare([build, kills], emitted, null).proven).toEqual([build, kills]);
  });
});

describe('is refused', () => {
  const failures = (entry: Parameters<typeof compare>[0][number], emitted = emits(SERIES, TYPES)) =>
    compare([entry], emitted, '3.16.0').failures;

  test('what is not emitted, though it should be always', () =>
    expect(failures(gauge('gone', 'things'))).toEqual([
      'Prometheus: gone is not emitted, and the catalogue says always',
    ]));

  test('another type', () => {
    expect(failures(gauge('requests_total', 'requests', { code: 'fixed' }))).toEqual([
      'Prometheus: requests_total is a counter, and the catalogue says gauge',
    ]);
    expect(failures(counter('request_seconds', 'seconds', { handler: 'fixed' }))).toContain(
      'Prometheus: request_seconds is a histogram, and the catalogue says counter',
    );
    expect(failures(histogram('requests_total', 'requests', { code: 'fixed' }))).toHaveLength(1);
  });

  test('a histogram without a type: its parts are then metrics of their own', () =>
    expect(failures(SECONDS, emits(SERIES, {}))).toEqual([
      'Prometheus: request_seconds is not emitted, and the catalogue says always',
    ]));

  test('a label that is not listed, also of what comes after an event', () => {
    const message = 'Prometheus: requests_total has labels that the catalogue does not list: code';
    expect(failures(counter('requests_total', 'requests'))).toEqual([message]);
    expect(failures(counter('requests_total', 'requests', {}, { after: 'a request' }))).toEqual([message]);
  });

  test('le, of what is no histogram', () =>
    expect(failures(REQUESTS, emits([{ __name__: 'requests_total', le: '1' }], TYPES))).toEqual([
      'Prometheus: requests_total has labels that the catalogue does not list: le',
    ]));

  test('both at once', () => expect(failures(gauge('requests_total', 'requests'))).toHaveLength(2));
});

describe('is unproven, and says why', () => {
  const why = (entry: Parameters<typeof compare>[0][number], version: string | null) => {
    const { proven, unproven, failures } = compare([entry], emits([], {}), version);
    expect([proven, failures]).toEqual([[], []]);
    return unproven.map((one) => one.why);
  };

  test('what comes after an event', () =>
    expect(why(counter('late_total', 'things', {}, { after: 'rain' }), '3.16.0')).toEqual(['not emitted before rain']));
  test('what is of another version', () => {
    expect(why(gauge('new', 'things', {}, { since: '3.17.0' }), '3.16.0')).toEqual(['the version that runs is 3.16.0']);
    expect(why(gauge('old', 'things', {}, { until: '3.16.0' }), '3.16.0')).toEqual(['the version that runs is 3.16.0']);
  });
  test('what is of some versions, where the one that runs is not known', () =>
    expect(why(gauge('new', 'things', {}, { since: '3.0.0' }), null)).toEqual(['the version is not known']));
  test('what nothing records', () =>
    expect(why(gauge('dead', 'things', {}, { recorded: false }), '3.16.0')).toEqual(['nothing records it']));
});

test('a snapshot has names and types in order, without what depends on an event', () => {
  const late = counter('requests_total', 'requests', { code: 'fixed' }, { after: 'a request' });
  expect(snapshotOf(emits([{ __name__: 'up' }, ...SERIES], TYPES), [late, SECONDS])).toBe(
    'request_seconds histogram\nup unknown\n',
  );
});
