/** Prometheus gives the same values for what is recorded as for the series that programs emit. */
import { panelRecordingRules, RECORDED, type Recorded } from '../../../content/dashboards/records';
import { fromRecords } from '../../../content/dashboards/render/recorded';
import { selector, sumBy } from '../../../metrics/spans';
import { configFrom } from '../../support';
import { evaluatesTo } from './answers';

/** Samples are half a minute apart. */
const rules = panelRecordingRules(configFrom('prometheus: {scrapeInterval: 30s}'), () => undefined).flatMap(
  (group) => group.rules,
);

/** Values of labels with which every record counts a series. */
const LABELS = { span_kind: 'SPAN_KIND_SERVER', http_route: '/v1/files', peer_service: 'redis' };

/** Three pods: one whose counter rises evenly, one that restarts, and one that starts later. */
const PODS = { a: '0+30x60', b: '0+60x30 0+60x29', c: '_x40 0+15x20' };

function given({ series, by }: Recorded, le = '1', pods: Readonly<Record<string, string>> = PODS) {
  const labels = (pod: string) =>
    Object.entries({ ...Object.fromEntries(by.map((label) => [label, 'x'])), ...LABELS, le, instance: pod });
  const text = (pod: string) => labels(pod).map(([name, value]) => `${name}="${value}"`);
  return Object.fromEntries(Object.entries(pods).map(([pod, values]) => [`${series}{${text(pod)}}`, values]));
}

const filledIn = (expr: string, step: string, range: string) =>
  expr.replaceAll('$__interval', step).replaceAll('$__rate_interval', range).replaceAll('$__range', '20m');

/** The recorded values that differ from those of the panel's own expression by more than a share of them. */
const wrong = (raw: string, recorded: string, share: number) => `abs(${recorded} - (${raw})) > ${share} * (${raw})`;

describe.each(RECORDED)('$record', (record) => {
  const raw = sumBy(record.by, `rate(${selector(record.series, record.matchers)}[$__rate_interval])`);
  const recorded = fromRecords(raw).expr;

  test('replaces the series', () => {
    expect(recorded).toContain(record.record);
    expect(recorded).not.toContain(record.series);
  });

  test.each([
    ['at the shortest step', '30s', '2m', 1e-9],
    // Grafana's range is a step and a scrape, and that of what is recorded a step and three: they differ while a rate changes.
    ['at a long step', '5m', '330s', 0.05],
  ])('has the same value %s', async (_, step, range, share) => {
    const series = given(record);
    const [expected, found] = [raw, recorded].map((expr) => filledIn(expr, step, range));
    if (expected === undefined || found === undefined) throw new Error('no expressions');
    for (const at of ['10m', '14m', '29m']) {
      await evaluatesTo({ series, rules, at }, `count(${found} > 0)`, [[{}, 1]]);
      await evaluatesTo({ series, rules, at }, wrong(expected, found, share), []);
    }
  });
});

describe.each(RECORDED)('$record over the whole time range', (record) => {
  const raw = sumBy(record.by, `rate(${selector(record.series, record.matchers)}[$__range])`);

  test.each([
    ['of all pods', PODS],
    ['of one that starts later, which counts as zero before', { c: PODS.c }],
  ])('has the same value %s', async (_, pods) => {
    const recorded = fromRecords(raw).expr;
    expect(recorded).toContain(`sum_over_time(${record.record}`);
    const series = given(record, '1', pods);
    const [expected, found] = [raw, recorded].map((expr) => filledIn(expr, '30s', '2m'));
    await evaluatesTo({ series, rules, at: '29m' }, `count(${found} > 0)`, [[{}, 1]]);
    // Where a counter begins, Prometheus guesses what it was before: once for the whole range, or in each of the recorded rates.
    await evaluatesTo({ series, rules, at: '29m' }, wrong(expected ?? '', found ?? '', 0.1), []);
  });
});

test.each(RECORDED.filter(({ by }) => by.includes('le')))(
  'a quantile of all that is shown is that of $record',
  async (record) => {
    const raw = `histogram_quantile(0.9, ${sumBy(record.by, `rate(${selector(record.series, record.matchers)}[$__range])`)})`;
    // Half of the first pod's values are above the first bound.
    const above = { ...PODS, a: '0+60x60' };
    const series = { ...given(record), ...given(record, '2', above), ...given(record, '+Inf', above) };
    const recorded = fromRecords(raw).expr;
    expect(recorded).toContain(`sum_over_time(${record.record}`);
    const [expected, found] = [raw, recorded].map((expr) => filledIn(expr, '30s', '2m'));
    await evaluatesTo({ series, rules, at: '29m' }, wrong(expected ?? '', found ?? '', 0.01), []);
    await evaluatesTo({ series, rules, at: '29m' }, `count(${found} > 1 < 2)`, [[{}, 1]]);
  },
);
