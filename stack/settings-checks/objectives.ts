import { showValue, type Unplaced } from '../../config/problems';
import type { Slo } from '../../config/schema/slos';
import { seconds } from '../../config/units';
import { metricSelector } from '../../promql/metric-selector';
import type { Settings } from '../settings';

/** Checks of service level objectives beyond their types. */

/** Problems with objectives. */
export function sloChecks({ slos, prometheus }: Settings): Unplaced[] {
  const all = slos ?? [];
  const names = all.map(({ name }) => name);
  return [
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => ({ path: 'slos', value: name, allowed: 'each name once', fix: `rename one ${name}` })),
    ...all.flatMap((slo, index) => [
      ...retentionHolds(slo, `slos[${index}].window`, prometheus.retention.time),
      ...selectorProblems(slo, `slos[${index}].indicator`),
    ]),
  ];
}

/** The error budget is computed over the whole window. With a shorter retention it would be the budget of a shorter window. */
const retentionHolds = ({ window }: Slo, path: string, retention: string): Unplaced[] =>
  seconds(retention) >= seconds(window)
    ? []
    : [
        {
          path,
          value: showValue(window),
          allowed: `at most prometheus.retention.time, which is ${retention}`,
          fix: `prometheus.retention.time: ${window}, or a shorter window`,
        },
      ];

const NO_RANGE = 'one counter with its matchers: the range and the rate are added by the recording rules';

function selectorProblems({ indicator }: Slo, path: string): Unplaced[] {
  if (indicator.type === 'latency') {
    const expr = `${indicator.histogram}{${indicator.matchers}}`;
    if (metricSelector(expr) !== undefined) return [];
    return [
      {
        path: `${path}.matchers`,
        value: showValue(indicator.matchers),
        allowed: 'label matchers of PromQL, without braces',
        fix: 'matchers: service_name="shop"',
      },
    ];
  }
  const lists = { total: indicator.total, bad: indicator.bad ?? [], good: indicator.good ?? [] };
  return Object.entries(lists).flatMap(([key, list]) =>
    list.flatMap((text, at) =>
      metricSelector(text) !== undefined
        ? []
        : [
            {
              path: `${path}.${key}[${at}]`,
              value: showValue(text),
              allowed: NO_RANGE,
              fix: 'traces_span_metrics_calls_total{service_name="shop",span_kind="SPAN_KIND_SERVER"}',
            },
          ],
    ),
  );
}
