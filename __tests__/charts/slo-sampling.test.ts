/** An objective on spans that SDKs sample would judge a part of the requests. */

import type { Slo } from '../../config/schema/slos';
import { slosOf } from '../../content/objectives/defaults';
import { sampledServices } from '../../content/objectives/sampling';
import { environment, refusal, rulesOf, type SloInput, shop } from './slo-cases';

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
