/** Templates in labels and annotations (https://prometheus.io/docs/prometheus/latest/configuration/template_reference/). */

import { nearest } from '../../config/problems';
import { checkExpression, type Level } from '../check';
import type { Expr } from '../promql/ast';
import { COUNTER_FUNCTIONS } from '../promql/functions';
import type { Labels } from '../promql/labels';
import { textOf } from '../promql/literals';
import { listed } from '../promql/rule';
import { analysisOf } from '../promql/sources';
import { descendants } from '../promql/walk';
import type { FieldFinding, RulesContext, RuleText } from './rule-text';

/** An action between braces, and where it stands. */
interface Action {
  readonly text: string;
  readonly from: number;
}

/** What is wrong with the templates of an alert. */
export function templateFindings(rule: RuleText, context: RulesContext): readonly FieldFinding[] {
  const analysis = analysisOf(rule.expr, { ...context, place: 'alert' });
  const labels = analysis?.shape(analysis.root).labels;
  const rated = analysis !== undefined && descendants(analysis.root).some(isRate);
  const of = (kind: 'labels' | 'annotations') =>
    Object.entries(rule[kind] ?? {}).flatMap(([key, text]) => {
      const report: Report = (from, to, name, level, message, fix) => ({
        field: `${kind}.${key}`,
        text,
        finding: { rule: name, level, from, to, message, ...(fix === undefined ? {} : { fix }) },
      });
      const actions = actionsOf(text);
      if (actions === undefined)
        return [
          report(
            text.lastIndexOf('{{'),
            text.length,
            'template-syntax',
            'error',
            'braces that are not closed',
            '{{ ... }}',
          ),
        ];
      return [
        ...(labels === undefined ? [] : actions.flatMap((action) => unknownLabels(action, labels, report))),
        ...actions.flatMap((action) => values(action, kind, rated, report)),
        ...actions.flatMap((action) => queries(action, context, report)),
      ];
    });
  return [...of('labels'), ...of('annotations')];
}

type Report = (from: number, to: number, rule: string, level: Level, message: string, fix?: string) => FieldFinding;

const isRate = (part: Expr): boolean =>
  part.kind === 'call' && ((COUNTER_FUNCTIONS.has(part.fn) && part.fn !== 'resets') || part.fn === 'deriv');

/** The actions of a text; undefined where one is not closed. */
function actionsOf(text: string): readonly Action[] | undefined {
  const actions = [...text.matchAll(/\{\{(.*?)\}\}/gs)].map(({ 1: inner = '', index }) => ({
    text: inner,
    from: index + 2,
  }));
  return text.split('{{').length - 1 === actions.length ? actions : undefined;
}

/** `$labels` are those of the result: not those that the rule adds, nor those that an aggregation has left out. */
function unknownLabels({ text, from }: Action, labels: Labels, report: Report): readonly FieldFinding[] {
  return [...text.matchAll(/\$labels\.(\w+)|index \$labels "(\w+)"/g)].flatMap((match) => {
    const name = match[1] ?? match[2] ?? '';
    if (labels.has(name)) return [];
    const start = from + match.index;
    const names = [...labels.keys()].sort();
    const near = nearest(name, names);
    return [
      report(
        start,
        start + match[0].length,
        'template-label',
        'error',
        `the result of the expression has no label ${name}: it is empty in every alert`,
        `${near === undefined ? '' : `did you mean ${near}? `}its labels: ${listed(names)}`,
      ),
    ];
  });
}

function values(
  { text, from }: Action,
  kind: 'labels' | 'annotations',
  rated: boolean,
  report: Report,
): readonly FieldFinding[] {
  const match = /\$value\b|(?<![\w)])\.Value\b/.exec(text);
  if (match === null) return [];
  const [start, end] = [from + match.index, from + match.index + match[0].length];
  if (kind === 'labels')
    return [
      report(
        start,
        end,
        'template-value-in-label',
        'error',
        'a label tells alerts apart: with the value in it each evaluation is another alert, and for is never reached',
        'say it in an annotation',
      ),
    ];
  if (!rated || text.trim() !== match[0]) return [];
  return [
    report(start, end, 'template-raw-value', 'warning', 'a rate has many digits', `{{ ${match[0]} | humanize }}`),
  ];
}

/** PromQL inside a template is read by whoever is woken. */
function queries({ text, from }: Action, context: RulesContext, report: Report): readonly FieldFinding[] {
  return [...text.matchAll(/\bquery\s+("(?:\\.|[^"\\])*"|`[^`]*`)/g)].flatMap(
    ({ 1: literal = '', index, 0: whole }) => {
      const start = from + index + whole.length - literal.length;
      return checkExpression(textOf(literal), { ...context, place: 'record' }).map(({ rule, level, message, fix }) =>
        report(start, start + literal.length, rule, level, message, fix),
      );
    },
  );
}
