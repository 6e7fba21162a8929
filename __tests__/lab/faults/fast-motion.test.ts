import { inFastMotion } from '../../../lab/faults/spans/outages';
import { p99 } from '../../../lab/faults/spans/refusals';
import { sumOfOutcomes } from '../../../lab/faults/spans/sums';

const withRetry = (retry?: object) => ({
  receivers: {},
  exporters: { 'otlp_http/jaeger': retry === undefined ? {} : { retry_on_failure: retry } },
  service: { pipelines: {} },
});
const timesOf = (retry?: object) => inFastMotion(withRetry(retry)).exporters['otlp_http/jaeger'];

test('times are a twentieth, and 0 stays 0, which is for ever', () =>
  expect(timesOf({ enabled: true, initial_interval: '1s', max_interval: '5s', max_elapsed_time: '0s' })).toEqual({
    retry_on_failure: { enabled: true, initial_interval: '50ms', max_interval: '250ms', max_elapsed_time: '0ms' },
  }));

test('a time that is missing is the one that the Collector takes', () =>
  expect(timesOf({ enabled: true })).toEqual({
    retry_on_failure: { enabled: true, initial_interval: '250ms', max_interval: '1500ms', max_elapsed_time: '15000ms' },
  }));

test('an exporter without retries stays as it is', () => expect(timesOf()).toEqual({}));

test('of 100 answers, 99 came sooner', () => {
  const answers = Array.from({ length: 100 }, (_, index) => ({ ids: [], refusedBy: null, ms: index + 1 }));
  expect(p99(answers)).toBe(99);
  expect(p99([])).toBe(0);
});

test('runs are added up, and a failure names its run', () => {
  const run = {
    ...{ offered: 10, acked: 8, stored: 7, refused: 2, duplicated: 1, lost: 1 },
    ...{ spanMetricsError: -3, figures: ['each'] },
  };
  expect(
    sumOfOutcomes(
      [
        { ...run, failures: [] },
        { ...run, failures: ['x'] },
      ],
      ['all'],
    ),
  ).toEqual({
    ...{ offered: 20, acked: 16, stored: 14, refused: 4, duplicated: 2, lost: 2 },
    ...{ spanMetricsError: -6, failures: ['run 2: x'], figures: ['2 runs', 'all'] },
  });
});
