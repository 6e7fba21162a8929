/** Objectives: which there are, which are refused, and the rules that they become. */
import fc from 'fast-check';
import { SLO_ALERTS } from '../../content/objectives/alerts';
import { slosOf } from '../../content/objectives/defaults';
import { environmentRules } from '../../stack/rules';
import type { EnvironmentInput } from '../../stack/settings';
import { CALLS, environment, latency, refusal, shop } from './slo-cases';

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
  const context = { config: environment({ slos: [shop({ objective: 90 })] }), jobs: [], lasts: '' };
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
