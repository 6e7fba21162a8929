/** What the bench of the Collector makes of its measurements. */
import { acceptedSpans, type Measurement } from '../../../scripts/bench/collector-run';
import { OURS, PLAIN, WITHOUT_PERSONAL_DATA } from '../../../scripts/bench/collector-shapes';
import { goalLine, goalsOf, type Measured, problemsOf, rowsOf, tableOf } from '../../../scripts/bench/collector-table';

const round = (microseconds: number, mib: number, others: Partial<Measurement> = {}): Measurement => ({
  microseconds,
  mib,
  lost: 0,
  refused: {},
  rate: 4000,
  ...others,
});

const measured: readonly Measured[] = [
  { name: PLAIN, rounds: [round(30, 90), round(10, 100), round(12, 110)] },
  { name: OURS, rounds: [round(31, 120), round(29, 110), round(30, 125)] },
  { name: WITHOUT_PERSONAL_DATA, rounds: [round(25, 110), round(24, 110), round(26, 110)] },
];

test('medians of the rounds, as multiples of the plain pipeline', () =>
  expect(
    tableOf(rowsOf(measured))
      .split('\n')
      .map((line) => line.replaceAll(/ +/g, ' ')),
  ).toEqual([
    '| configuration | µs a span, each round | median | times plain | peak MiB | times plain |',
    '| --- | --- | --- | --- | --- | --- |',
    '| plain | 30.0, 10.0, 12.0 | 12.0 | 1.00 | 100 | 1.00 |',
    '| ours | 31.0, 29.0, 30.0 | 30.0 | 2.50 | 120 | 1.20 |',
    '| ours without personal data | 25.0, 24.0, 26.0 | 25.0 | 2.08 | 110 | 1.10 |',
  ]));

test('goals that are met and missed', () =>
  expect(goalsOf(rowsOf(measured)).map(goalLine)).toEqual([
    'CPU time of ours: 2.50 times plain, goal <= 2.5: met',
    'CPU time of ours without personal data: 2.08 times plain, goal <= 2: MISSED',
    'peak memory of ours: 1.20 times plain, goal <= 1.2: met',
  ]));

test.each([PLAIN, OURS])('without %s, a goal is not measured, and so not met', (name) => {
  const goals = goalsOf(rowsOf(measured.filter((shape) => shape.name !== name)));
  const [first] = goals;
  expect(first).toMatchObject({ value: null, met: false });
  expect(goals.map(goalLine)[0]).toBe('CPU time of ours: NOT MEASURED, goal <= 2.5: MISSED');
});

test('spans that were lost, doubled or refused, and a rate that was not held', () => {
  const rounds = [
    round(10, 90, { lost: 100 }),
    round(10, 90, { lost: -100 }),
    round(10, 90, { refused: { '503': 200 }, rate: 3799 }),
  ];
  expect(problemsOf([{ name: OURS, rounds }])).toEqual([
    'ours, round 1: 100 spans were lost',
    'ours, round 2: 100 spans arrived twice',
    'ours, round 3: 200 spans were refused (503)',
    'ours, round 3: 3799 spans a second instead of 4000',
  ]);
  expect(problemsOf(measured)).toEqual([]);
});

test('spans that a Collector has accepted, of all transports', () => {
  const series = 'otelcol_receiver_accepted_spans_total';
  expect(acceptedSpans('# no series yet\n')).toBe(0);
  expect(
    acceptedSpans(
      `# TYPE ${series} counter\n${series}{receiver="otlp",transport="grpc"} 1200\n${series}{receiver="otlp",transport="http"} 1e+06\nother{} 1\n`,
    ),
  ).toBe(1_001_200);
});
