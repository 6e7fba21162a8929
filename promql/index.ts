/**
 * A checker of PromQL. It compares expressions, Prometheus' rule files and Grafana's dashboards with a catalogue of metrics: which
 * program emits each metric, with which type, unit and labels, and whether it is ever recorded. It finds what Prometheus refuses,
 * names and labels that do not exist, functions that do not fit a type, sides that never match, ranges that are too short, and
 * constants that hide missing data.
 *
 * - `Catalogue` holds metrics (`Metric`), each with the program that emits it (`Emitter`).
 * - `checkExpression` checks one expression, `checkRuleGroups` groups of rules, `checkDashboard` a dashboard in Grafana's JSON form of
 *   schema version 1. Each returns findings; `marked` and `excerpt` print one with its spot.
 * - `lintFiles` reads whole files and gives a verdict on each rule and query; `findingsReport` and `totals` print them.
 * - `metricNames`, `missingSource`, `outputLabels` and `recorded` answer what an expression reads and returns.
 * - `withRecords` adds what recording rules write to a catalogue.
 *
 * Nothing runs, and no server is asked: all that is known comes from the catalogue. The checks never throw, whatever they are given.
 *
 * @example
 * ```ts
 * import { Catalogue, checkExpression, marked } from './promql';
 *
 * const shop = { title: 'the shop', switchedOnBy: null, targetLabels: { job: 'fixed', instance: 'bounded' } };
 * const orders = { name: 'shop_orders_total', type: 'counter', unit: 'orders', labels: { status: 'fixed' } };
 * const catalogue = new Catalogue([{ ...orders, emitter: shop, recorded: true, emitted: 'always' }]);
 * const expr = 'sum by (state) (rate(shop_orders_total[5m])) > 10';
 *
 * for (const finding of checkExpression(expr, { place: 'alert', catalogue, scrapeInterval: 15 }))
 *   console.log(marked(expr, finding));
 * // sum by (state) (rate(shop_orders_total[5m])) > 10
 * //         ^^^^^
 * // unknown-label: shop_orders_total has no label state
 * // fix: did you mean status? its labels: instance, job, status
 * ```
 */

export { Catalogue, labelsOf } from './catalogue';
export { checkExpression } from './check';
export type { CheckContext, ExpressionContext, Place } from './context';
export { checkDashboard, type DashboardContext, type DashboardProblem } from './dashboards/check';
export { type DashboardQuery, queriesOf } from './dashboards/queries';
export { type Finding, type Level, REFUSED } from './finding';
export { type FileText, type LintedFile, type LintItem, lintFiles } from './lint/file';
export { findingsReport, hasErrors } from './lint/report';
export { totals } from './lint/totals';
export type { Verdict } from './lint/verdict';
export { excerpt, marked } from './marked';
export {
  type Cardinality,
  type Emitter,
  type Metric,
  type MetricType,
  RECORDING_RULES,
  type Series,
  seriesOf,
} from './metric';
export { type MetricSelector, metricSelector } from './metric-selector';
export { checkRuleGroups } from './rules/check';
export { withRecords } from './rules/record';
export type { RuleGroupText, RuleProblem, RulesContext, RuleText } from './rules/rule-text';
export { RULE_FILE_YAML, type RuleFileContent, ruleFileSchema } from './rules/schema';
export { metricNames, missingSource, outputLabels, recorded } from './sources';
