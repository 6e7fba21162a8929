import fc from 'fast-check';
import { environmentRules } from '../../charts/alerts/environment';
import { SLO_ALERTS } from '../../charts/slo/alerts';
import { slosOf } from '../../charts/slo/defaults';
import { sampledServices } from '../../charts/slo/sampling';
import { vllmNames } from '../../charts/vllm/metric-names';
import type { Config } from '../../config/load';
import type { EnvironmentInput, Slo } from '../../config/schema';
import { rangeOf } from '../../contract/range';
import { badRatio, errorRatio } from '../../contract/spans';
import { metricSelector } from '../../lib/promql-selector';
import { configFrom } from '../support';

type SloInput = NonNullable<EnvironmentInput['slos']>[number];

const CALLS = 'traces_span_metrics_calls_total{service_name="shop",span_kind="SPAN_KIND_SERVER"}';
const shop = (change: Partial<SloInput> = {}): SloInput => ({
  name: 'shop',
  description: 'The shop answers',
  service: 'shop',
  objective: 99.5,
  indicator: { type: 'ratio', total: [CALLS], good: [CALLS.replace('}', ',status_code="STATUS_CODE_UNSET"}')] },
  ...change,
});
const latency = (seconds: number): SloInput =>
  shop({ indicator: { type: 'latency', histogram: 'traces_span_metrics_duration_seconds', seconds } });
const environment = (content: EnvironmentInput) => configFrom(JSON.stringify(content));
const rulesOf = (config: Config) => environmentRules(config, []).groups.find(({ name }) => name === 'slo')?.rules ?? [];
const refusal = (content: EnvironmentInput, change: (config: Config) => Config = (config) => config): string => {
  try {
    environmentRules(change(environment(content)), []);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was accepted');
};

describe('the objectives of an environment', () => {
  const names = (content: EnvironmentInput) => slosOf(environment(content)).map(({ name }) => name);

  test('are defaults for what is configured', () => {
    expect(names({})).toEqual(['llm-api-availability', 'llm-api-latency', 'mcp-tools-success']);
    expect(names({ janServer: null })).toEqual([]);
    expect(names({ janServer: null, vllm: { namespace: 'v', podLabels: { app: 'vllm' } } })).toEqual([
      'vllm-time-to-first-token',
    ]);
    expect(names({ slos: [] })).toEqual([]);
    expect(names({ slos: [shop()] })).toEqual(['shop']);
  });

  test.each([
    ['90d', '30d'],
    ['29d', '28d'],
    ['2w', '7d'],
  ])('by default cover what %s of samples can answer', (time, window) => {
    const slos = slosOf(environment({ prometheus: { retention: { time } } }));
    expect(new Set(slos.map((slo) => slo.window))).toEqual(new Set([window]));
  });

  test('are none by default where no window is stored', () => {
    expect(names({ prometheus: { retention: { time: '2d' } } })).toEqual([]);
  });
});

describe('an objective is refused', () => {
  test.each<[string, EnvironmentInput, RegExp]>([
    ['twice', { slos: [shop(), shop()] }, /slos\b.*\n.*shop.*\n.*each name once/],
    [
      'over a window that is not stored',
      { slos: [shop({ window: '90d' })] },
      /slos\[0\]\.window[\s\S]*retention\.time, which is 30d/,
    ],
    [
      'with a range',
      { slos: [shop({ indicator: { type: 'ratio', total: [`rate(${CALLS}[5m])`], bad: [CALLS] } })] },
      /indicator\.total\[0\]/,
    ],
    [
      'with both',
      { slos: [shop({ indicator: { type: 'ratio', total: [CALLS], bad: [CALLS], good: [CALLS] } })] },
      /bad or good, one of the two/,
    ],
    ['with neither', { slos: [shop({ indicator: { type: 'ratio', total: [CALLS] } })] }, /bad or good, one of the two/],
    ['at 50 %', { slos: [shop({ objective: 50 })] }, /more than 50 and less than 100/],
    ['at 100 %', { slos: [shop({ objective: 100 })] }, /more than 50 and less than 100/],
    ['at no bound of a bucket', { slos: [latency(3)] }, /slos\[0\]\.indicator\.seconds[\s\S]*seconds: 2\.5/],
    [
      'on what nobody emits',
      { slos: [shop({ indicator: { type: 'latency', histogram: 'vllm:time_to_first_token_seconds', seconds: 5 } })] },
      /slos\[0\]\.indicator[\s\S]*vLLM is off[\s\S]*set vllm/,
    ],
  ])('%s', (_what, content, message) => {
    expect(refusal(content)).toMatch(message);
  });
});

describe('spans that are sampled at their source', () => {
  const strategies = { default_strategy: { type: 'probabilistic' as const, param: 1 } };
  const half = {
    ...strategies,
    service_strategies: [{ service: 'llm-api', type: 'probabilistic' as const, param: 0.5 }],
  };

  test('refuse the objective, by default too', () => {
    const message = refusal({}, (config) => ({ ...config, samplingStrategies: half }));
    expect(message).toMatch(/llm-api-availability[\s\S]*send a part of them[\s\S]*sampled: accepted/);
  });

  test('mark its series and alerts where that is accepted', () => {
    const rules = rulesOf(environment({ slos: [shop({ sampled: 'accepted' })] }));
    const labels = rules.flatMap((rule) => (rule.labels === undefined ? [] : [rule.labels]));
    expect(labels.length).toBeGreaterThan(3);
    for (const label of labels) expect(label).toMatchObject({ slo: 'shop', sampled: 'true', signal: 'spans' });
  });

  const slo = (content: SloInput) => slosOf(environment({ slos: [content] }))[0] as Slo;
  const limited = { type: 'ratelimiting' as const, param: 100 };
  const operation = { operation: 'GET /', type: 'probabilistic' as const, param: 0.1 };
  test.each([
    [
      'by the default, for a service without a strategy',
      { default_strategy: { ...strategies.default_strategy, param: 0.1 } },
      ['shop'],
    ],
    ['by a limit per second', { default_strategy: limited }, ['shop']],
    [
      'in one operation',
      { default_strategy: { ...strategies.default_strategy, operation_strategies: [operation] } },
      ['shop'],
    ],
    ['of another service', half, []],
    [
      'but for the service itself',
      {
        default_strategy: limited,
        service_strategies: [{ service: 'shop', type: 'probabilistic' as const, param: 1 }],
      },
      [],
    ],
    ['not at all', strategies, []],
  ])('are found: %s', (_what, given, services) => {
    expect(sampledServices(slo(shop()), given)).toEqual(services);
  });

  test('of any service count for an objective on all of them', () => {
    const everything = shop({
      indicator: { type: 'latency', histogram: 'traces_span_metrics_duration_seconds', seconds: 5 },
    });
    expect(sampledServices(slo(everything), half)).toEqual(['llm-api']);
  });

  test('do not matter to counters of the services themselves', () => {
    const counters = shop({
      indicator: {
        type: 'ratio',
        total: ['jan_mcp_tool_calls_total'],
        bad: ['jan_mcp_tool_calls_total{status="error"}'],
      },
    });
    expect(sampledServices(slo(counters), { default_strategy: limited })).toEqual([]);
  });
});

test('whatever is promised becomes rules that hold against the catalogue', () => {
  const objective = fc.double({ min: 50.001, max: 99.999, noNaN: true });
  const indicator = fc.constantFrom(shop().indicator, latency(5).indicator);
  const window = fc.constantFrom('7d' as const, '28d' as const, '30d' as const, undefined);
  const slos = fc.uniqueArray(
    fc.record({ name: fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), objective, indicator, window }),
    {
      minLength: 1,
      maxLength: 4,
      selector: ({ name }) => name,
    },
  );
  fc.assert(
    fc.property(slos, fc.constantFrom('1s', '15s', '2m'), (changes, scrapeInterval) => {
      const config = environment({ slos: changes.map((change) => shop(change)), prometheus: { scrapeInterval } });
      const { groups, problems } = environmentRules(config, []);
      const own = groups.filter(({ name }) => name === 'slo').flatMap(({ rules }) => rules);
      const named = problems().filter((problem) => /group slo,/.test(problem) && !/unused-record/.test(problem));
      expect(named).toEqual([]);
      // A budget can be spent: the slowest burn is always within reach.
      expect(own.filter((rule) => 'alert' in rule && rule.alert === 'SloErrorBudgetBurnSlow')).toHaveLength(
        changes.length,
      );
    }),
    { numRuns: 25 },
  );
});

test('a burn that even a total outage does not reach has no rule', () => {
  const context = { config: environment({ slos: [shop({ objective: 90 })] }), jobs: [] };
  const counts = SLO_ALERTS.alerts.map(({ name, threshold, rules }) => [
    name,
    rules(threshold?.value ?? 0, context).length,
  ]);
  expect(Object.fromEntries(counts)).toMatchObject({
    SloErrorBudgetBurnFast: 0,
    SloErrorBudgetBurnHigh: 1,
    SloErrorBudgetBurnSlow: 1,
  });
});

test('a ratio is 0 where the part was never counted, and missing where the whole is', () => {
  expect(errorRatio({ range: '5m', by: [] })).toMatch(/^\(.* or 0 \* sum\(.*\)\) \/ \(sum\(.*\) > 0\)$/);
  expect(badRatio({ matchers: 'service_name="a"', range: '5m' })).toContain(
    'jan_completion_fallbacks_total{service_name="a"}',
  );
});

test('a range spans four scrapes', () => {
  expect(rangeOf(environment({ prometheus: { scrapeInterval: '15s' } }))).toBe('5m');
  expect(rangeOf(environment({ prometheus: { scrapeInterval: '2m' } }))).toBe('8m');
  expect(rangeOf(environment({ janServer: { scrapeInterval: '100s' } }))).toBe('7m');
});

test('a selector is told from every other expression', () => {
  expect(metricSelector(`a:b_total{x="1",y!~'2|"3"'} `)).toEqual({
    metric: 'a:b_total',
    matchers: [
      { label: 'x', op: '=', value: '1' },
      { label: 'y', op: '!~', value: '2|"3"' },
    ],
  });
  for (const other of ['', '{x="1"}', 'a[5m]', 'a offset 5m', 'rate(a[5m])', 'a + b', '(a)', 'a{', 'a{x=}', '1'])
    expect(metricSelector(other)).toBeUndefined();
});

test.each([
  ['0.8.5', 'vllm:gpu_cache_usage_perc', 'vllm:time_per_output_token_seconds'],
  ['0.10.2', 'vllm:kv_cache_usage_perc', 'vllm:time_per_output_token_seconds'],
  ['0.11', 'vllm:kv_cache_usage_perc', 'vllm:inter_token_latency_seconds'],
  ['1.0.0', 'vllm:kv_cache_usage_perc', 'vllm:inter_token_latency_seconds'],
])('vLLM %s has its own names', (version, cacheUsage, interToken) => {
  expect(vllmNames(version)).toEqual({ cacheUsage, interToken });
});
