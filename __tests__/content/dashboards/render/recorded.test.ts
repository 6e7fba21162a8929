import { panelRecordingRules, RECORDED } from '../../../../content/dashboards/records';
import { fromRecords } from '../../../../content/dashboards/render/recorded';
import { notAnswer } from '../../../../metrics/routes';
import { errorRatio, latencyQuantile, requestRate } from '../../../../metrics/spans';
import { configFrom } from '../../../support';

const REQUEST = 'span_kind="SPAN_KIND_SERVER",http_route!~"/(metrics|health(z|check)?|readyz?|livez|actuator)(/.*)?"';
const ALL = `${REQUEST},span_name!="grpc.health.v1.Health/Check"`;
const CALLS = 'traces_span_metrics_calls_total';
const BUCKETS = 'traces_span_metrics_duration_seconds_bucket';

const RECORDED_SUM = (matchers: string) => `sum_over_time(service_route:requests:rate{${matchers}}[$__range])`;
const NOT_4XX = RECORDED_SUM('http_response_status_code!~"4.."');
const SHOWN = `sum(rate(${CALLS}{${ALL}}[$__range]))`;
const TIMES = 'scalar(max(sum_over_time(panels:evaluations[$__range])))';
/** A mean over the whole time range. */
const MEAN = `sum(sum_over_time(service_route:requests:rate[$__range]) / ${TIMES})`;
const AS_IT_IS = `sum(increase(${CALLS}{${ALL}}[$__range]))`;

test.each([
  [
    'a sum over pods',
    requestRate({ range: '$__rate_interval' }),
    'sum by (service_name) (avg_over_time(service_route:requests:rate[$__interval]))',
  ],
  [
    'other matchers of its labels',
    `sum(rate(${CALLS}{service_name=~"$service",${ALL},http_response_status_code!~"4.."}[$__rate_interval]))`,
    'sum(avg_over_time(service_route:requests:rate{service_name=~"$service",http_response_status_code!~"4.."}[$__interval]))',
  ],
  [
    'a quantile',
    latencyQuantile(0.95, { range: '$__rate_interval', by: [] }),
    'histogram_quantile(0.95, sum by (le) (avg_over_time(service:request_buckets:rate[$__interval])))',
  ],
  [
    'a quantile by a label that fewer records have',
    latencyQuantile(0.95, { range: '$__rate_interval', by: ['http_route'] }),
    'histogram_quantile(0.95, sum by (http_route, le) (avg_over_time(service_route:request_buckets:rate[$__interval])))',
  ],
  [
    'a quantile of requests that no model answers',
    latencyQuantile(0.95, { range: '$__rate_interval', by: [], matchers: notAnswer('http_route') }),
    'histogram_quantile(0.95, sum by (le) (avg_over_time(service:plain_request_buckets:rate[$__interval])))',
  ],
  [
    'names of spans',
    `topk(20, sum by (span_name) (rate(${CALLS}{http_route=~"$route|",span_kind="SPAN_KIND_CLIENT"}[$__rate_interval])))`,
    'topk(20, sum by (span_name) (avg_over_time(service_span:spans:rate{http_route=~"$route|",span_kind="SPAN_KIND_CLIENT"}[$__interval])))',
  ],
  [
    'a quantile of the whole time range, whose scale does not matter',
    `topk(9, histogram_quantile(0.9, sum by (service_name, le) (rate(${BUCKETS}{peer_service!=""}[$__range])))) # note`,
    'topk(9, histogram_quantile(0.9, sum by (service_name, le) (sum_over_time(service_peer:call_buckets:rate[$__range])))) # note',
  ],
  [
    'one side of `or`',
    `sum(rate(${CALLS}{${ALL}}[$__rate_interval]) or rate(up[$__rate_interval])) / 2`,
    'sum(avg_over_time(service_route:requests:rate[$__interval]) or rate(up[$__rate_interval])) / 2',
  ],
  [
    'a ratio of the whole time range',
    `100 * (${errorRatio({ range: '$__range', by: [] })})`,
    `100 * ((sum(${RECORDED_SUM('status_code="STATUS_CODE_ERROR",http_response_status_code!~"[1-4].."')}) or 0 * sum(${NOT_4XX})) / (sum(${NOT_4XX}) > 0))`,
  ],
  [
    'zero for what there is',
    `x or 0 * (${SHOWN} > 0)`,
    'x or 0 * (sum(sum_over_time(service_route:requests:rate[$__range])) > 0)',
  ],
  [
    'other spans than requests',
    `sum(rate(${BUCKETS}{${REQUEST}}[$__rate_interval]))`,
    `sum(avg_over_time(service_span:span_buckets:rate{${REQUEST}}[$__interval]))`,
  ],
  ['a rate over the whole time range, whose scale matters', SHOWN, MEAN],
  [
    'each side of `or` over the whole time range',
    `sum(rate(${CALLS}{${ALL}}[$__range]) or rate(up[$__range])) > 0`,
    `sum(sum_over_time(service_route:requests:rate[$__range]) / ${TIMES} or rate(up[$__range])) > 0`,
  ],
  [
    'a ratio with a part that is not recorded',
    `${SHOWN} / sum(rate(up[$__range]))`,
    `${MEAN} / sum(rate(up[$__range]))`,
  ],
  ['a product with another number', `2 * ${SHOWN}`, `2 * ${MEAN}`],
  ['a ratio with another function', `${SHOWN} / clamp_max(${SHOWN}, 1)`, `${MEAN} / clamp_max(${MEAN}, 1)`],
  ['a ratio with another limit', `${SHOWN} / (${SHOWN} > 1)`, `${MEAN} / (${MEAN} > 1)`],
  ['a ratio of a number of series', `${SHOWN} / count(${SHOWN})`, `${MEAN} / count(${MEAN})`],
  ['a ratio to an increase', `${SHOWN} / ${AS_IT_IS}`, `${MEAN} / ${AS_IT_IS}`],
])('%s reads what is recorded', (_, expr, expected) => expect(fromRecords(expr).expr).toBe(expected));

test.each([
  ['a label that is not recorded', `sum by (instance) (rate(${CALLS}{${ALL}}[$__rate_interval]))`],
  ['a matcher of such a label', `sum(rate(${CALLS}{${ALL},otel_metric_overflow="true"}[$__rate_interval]))`],
  ['what a record leaves out', `sum(rate(jan_llm_api_requests_total{status="500"}[$__rate_interval]))`],
  [
    'a matcher with another value',
    `sum(rate(jan_llm_api_requests_total{endpoint!~"/(metrics|health)(/.*)?"}[$__rate_interval]))`,
  ],
  ['the sum of a histogram', `sum(rate(gen_ai_client_operation_duration_seconds_sum[$__rate_interval]))`],
  ['the range of an alert', `sum(rate(${CALLS}{${ALL}}[5m]))`],
  ['an increase', `sum(increase(${CALLS}{${ALL}}[$__rate_interval]))`],
  ['an increase of the whole time range', AS_IT_IS],
  ['no sum', `rate(${CALLS}{${ALL}}[$__rate_interval])`],
  ['another aggregation', `max(rate(${CALLS}{${ALL}}[$__rate_interval]))`],
  ['a sum of something else than rates', `sum(rate(${CALLS}{${ALL}}[$__rate_interval]) > 1)`],
  ['a sum without labels', `sum without (pod) (rate(${CALLS}{${ALL}}[$__rate_interval]))`],
  ['a variable as a label', `sum by ($label) (rate(${CALLS}{${ALL}}[$__rate_interval]))`],
  ['a moment of its own', `sum(rate(${CALLS}{${ALL}}[$__rate_interval] offset 1h))`],
  ['what is not PromQL', `sum(rate(${CALLS}`],
])('%s is asked for as it is', (_, expr) => expect(fromRecords(expr)).toEqual({ expr, replaced: [] }));

test('says what it replaced, once', () => {
  const one = `sum(rate(${CALLS}{${ALL}}[$__rate_interval]))`;
  expect(fromRecords(`${one} / ${one}`).replaced).toEqual([`${CALLS}{${ALL}}`]);
});

// Grafana looks for exemplars in the first query of a panel that contains the name of a histogram.
test('no record has the name of a metric in its own', () => {
  const series = RECORDED.map((one) => one.series.replace(/_(bucket|count|sum|total)$/, ''));
  expect(RECORDED.filter(({ record }) => series.some((name) => record.includes(name)))).toEqual([]);
});

describe('the rules', () => {
  const config = configFrom('prometheus: {scrapeInterval: 30s}');

  test('are evaluated at each scrape, over four of them', () => {
    const [group] = panelRecordingRules(config, () => undefined);
    expect(group?.interval).toBe('30s');
    const [times, ...rules] = group?.rules ?? [];
    expect(times).toEqual({ record: 'panels:evaluations', expr: 'vector(1)' });
    expect(rules.map(({ record }) => record).sort()).toEqual(RECORDED.map(({ record }) => record).sort());
    for (const { expr } of rules)
      expect(expr).toMatch(
        /^sum by \([\w, ]+\) \((rate\(.*\[120s\]\)|service_span:\w+:rate(\{.*\})?)\)( # allow open-label)?$/,
      );
  });

  test('add up only what is recorded before them, has their labels, and counts all that they count', () => {
    const names = panelRecordingRules(config, () => undefined).flatMap(({ rules }) =>
      rules.map(({ record }) => record),
    );
    for (const { record, of, by, series, matchers } of RECORDED) {
      if (of === undefined) continue;
      expect(names.indexOf(of)).toBeLessThan(names.indexOf(record));
      const whole = RECORDED.find((one) => one.record === of);
      expect(whole).toMatchObject({ series, matchers: '' });
      const labels = [...matchers.matchAll(/(\w+)!?[=~]/g)].map(([, label]) => label);
      expect(whole?.by).toEqual(expect.arrayContaining([...by, ...labels]));
    }
  });

  test('are left out where their metrics have no source', () =>
    expect(panelRecordingRules(config, () => ({ title: 'x', switchedOnBy: 'x', targetLabels: {} }))).toEqual([]));
});
