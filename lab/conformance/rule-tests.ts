/** Unit tests for promtool: each alert has series on which it fires, and series on which it must not fire. */

import type { TestSeries } from '../../content/alerts/alert';
import type { ConfiguredAlert } from '../../content/alerts/configured';

/** A rule, with the fields that the tests need. */
export interface TestedRule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** The test of one alert: two files for promtool. */
export interface RuleTest {
  readonly alert: string;
  /** A rule file with this alert, and with the recording rules if it uses any. All rules in each test would take a minute. */
  readonly rules: object;
  /** The `tests` of a test file; the caller adds `rule_files`. */
  readonly tests: readonly object[];
}

const INTERVAL = '30s';
/** Short enough for every `for` within two hours; each evaluation costs time. */
const EVALUATION = '5m';
/** Longer than any `for` and any range of a rule. */
const EVALUATED_AT = '110m';

/**
 * The tests of every alert in the rules.
 * @param alerts the alerts of the environment, with their series
 * @returns also the alerts that have no test
 */
export function ruleTests(
  rules: readonly TestedRule[],
  alerts: readonly ConfiguredAlert[],
): { tests: readonly RuleTest[]; untested: readonly string[] } {
  const series = new Map(alerts.map(({ definition, test }) => [definition.name, test]));
  const names = [...new Set(rules.flatMap(({ alert }) => alert ?? []))];
  const tests = names.flatMap((name) => {
    const test = series.get(name)?.();
    return test === undefined ? [] : [ruleTest(name, rules, test)];
  });
  return { tests, untested: names.filter((name) => !series.has(name)) };
}

function ruleTest(
  name: string,
  rules: readonly TestedRule[],
  { fires, quiet }: ReturnType<ConfiguredAlert['test']>,
): RuleTest {
  const alerts = rules.filter(({ alert }) => alert === name);
  const records = rules.filter(({ record }) => record !== undefined);
  const usesRecords = alerts.some(({ expr }) => records.some(({ record = '' }) => expr.includes(record)));
  const groups = [{ name, interval: EVALUATION, rules: [...(usesRecords ? records : []), ...alerts] }];
  return {
    alert: name,
    rules: { groups },
    tests: [
      unitTest(
        `${name} fires`,
        fires,
        alerts.map((rule) => [firing(rule), true]),
      ),
      ...(quiet === null
        ? []
        : [unitTest(`${name} does not fire`, quiet, [[`ALERTS{alertname="${name}",alertstate="firing"}`, false]])]),
    ],
  };
}

/** The firing alerts of one rule. An alert may have several rules, which differ by their labels. */
function firing({ alert, labels = {} }: TestedRule): string {
  const matchers = Object.entries({ alertname: alert, alertstate: 'firing', ...labels })
    .filter(([, value]) => !`${value}`.includes('{{'))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `ALERTS{${matchers.join(',')}}`;
}

/** One test in promtool's format: which selectors have series. */
const unitTest = (
  name: string,
  series: TestSeries,
  expected: readonly (readonly [selector: string, found: boolean])[],
) => ({
  name,
  interval: INTERVAL,
  input_series: Object.entries(series).map(([metric, values]) => ({ series: metric, values })),
  promql_expr_test: expected.map(([selector, found]) => ({
    expr: `count(${selector}) > bool 0`,
    eval_time: EVALUATED_AT,
    exp_samples: found ? [{ labels: '{}', value: 1 }] : [],
  })),
});

/** The rest of a test file. */
export const testFile = (rules: string, tests: readonly object[]) => ({
  rule_files: [rules],
  evaluation_interval: EVALUATION,
  tests,
});
