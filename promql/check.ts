/** What is wrong with an expression. */

import { alertRules } from './checks/alert-rules';
import { constantRules } from './checks/constant-rules';
import { counterRules } from './checks/counter-rules';
import { histogramRules } from './checks/histogram-rules';
import { labelRules } from './checks/label-rules';
import { matcherRules } from './checks/matcher-rules';
import { matchingRules } from './checks/matching-rules';
import { metricRules } from './checks/metric-rules';
import { missingRules } from './checks/missing-rules';
import { rangeRules } from './checks/range-rules';
import type { Rule } from './checks/rule';
import { typeRules } from './checks/type-rules';
import type { ExpressionContext } from './context';
import { type Finding, REFUSED } from './finding';
import { parsePromql } from './parse';
import type { Analysis } from './shapes/analysis';
import { analysisOf } from './sources';
import { descendants } from './syntax/walk';

/**
 * Each family of rules in a file of its own. The measure of completeness is what other tools check:
 *
 * Cloudflare's pint (https://cloudflare.github.io/pint/checks/): promql/syntax is `syntax` and `type`; promql/features
 * `experimental`; promql/series `unknown-metric`, `unrecorded-metric` and `unknown-label`; promql/counter
 * `counter-without-rate`; promql/rate `rate-of-gauge`, `rate-of-aggregate` and `short-range`; promql/regexp `needless-regex` and
 * `needless-anchor`; promql/vector_matching and promql/impossible `vector-matching`, `unknown-label` and `contradicting-matchers`;
 * promql/fragile and rule/topk `topk-in-alert`; promql/nan `nan-in-aggregate`; promql/range_query `range-beyond-retention`;
 * alerts/comparison `always-fires`. For whole rules (promql/rules): alerts/absent `absent-without-for`; alerts/template
 * `template-*`; alerts/annotation, rule/label, rule/for and rule/owner `alert-*`; rule/duplicate `duplicate-rule`; rule/name
 * `record-name`; yaml/parse the schema of the files. The rest of pint asks a running Prometheus (alerts/count, query/cost,
 * labels/conflict, alerts/external_labels), a code review (rule/dependency, rule/report), or a policy of the user's own
 * (promql/aggregate, promql/selector, rule/link, rule/reject).
 *
 * mimirtool analyze compares the names in rules and dashboards with those that a store has: `metricNames`, `unknown-metric` and
 * `unused-record`. OpenTelemetry Weaver's live-check judges what is sent; of its findings missing_metric, missing_attribute,
 * deprecated and unexpected_instrument have their counterpart in `unknown-metric`, `unknown-label`, `version` and the rules about
 * types, unit_mismatch in `unit-mismatch`; values of attributes are not in the catalogue.
 */
const RULES: readonly Rule[] = [
  typeRules,
  metricRules,
  labelRules,
  counterRules,
  histogramRules,
  matchingRules,
  missingRules,
  rangeRules,
  matcherRules,
  constantRules,
  alertRules,
];

/**
 * Everything that is wrong with an expression, in the order of the expression. In panels Grafana's variables are allowed. A comment
 * in the expression, `# allow or-vector`, suppresses the findings of a rule that are intended.
 */
export function checkExpression(expr: string, context: ExpressionContext): readonly Finding[] {
  const analysis = analysisOf(expr, context);
  return analysis === undefined ? refused(expr, context) : checkAnalysis(analysis);
}

/** The same for an expression that was analysed before. */
export function checkAnalysis(analysis: Analysis): readonly Finding[] {
  const { root, comments } = analysis;
  const allowed = new Set(comments.flatMap((comment) => /^allow\s+(.+)$/.exec(comment)?.[1]?.split(/[\s,]+/) ?? []));
  return descendants(root)
    .flatMap((part) => RULES.flatMap((rule) => rule(part, analysis)))
    .filter(({ rule }) => !allowed.has(rule) || REFUSED.has(rule))
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

function refused(expr: string, { place }: ExpressionContext): readonly Finding[] {
  const parsed = parsePromql(expr, place === 'panel');
  if (parsed.ok) return [];
  const { from, to } = parsed.at;
  const grammar =
    place === 'panel' || !expr.includes('$')
      ? 'not PromQL from here on'
      : 'not PromQL from here on: a variable of Grafana has a meaning in panels only';
  return [{ rule: 'syntax', level: 'error', from, to, message: parsed.message ?? grammar }];
}
