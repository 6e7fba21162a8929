/** Templates in labels and annotations (https://prometheus.io/docs/prometheus/latest/configuration/template_reference/). */

import { checkExpression } from '../check';
import { listed } from '../checks/rule';
import type { Level } from '../finding';
import { COUNTER_FUNCTIONS } from '../functions';
import { unquoted } from '../go-literals';
import { nearest } from '../nearest';
import type { Analysis } from '../shapes/analysis';
import type { Labels } from '../shapes/labels';
import type { Expr, Span } from '../syntax/ast';
import { descendants } from '../syntax/walk';
import type { Template } from '../templates/ast';
import { TEMPLATE_FUNCTIONS } from '../templates/functions';
import { parseTemplate } from '../templates/parse';
import { calledBy, commandsOf, dataPath, type Found } from '../templates/walk';
import type { FieldFinding, RulesContext, RuleText } from './rule-text';

/** What is known of the rule that a template belongs to. */
interface About {
  readonly kind: 'labels' | 'annotations';
  /** Labels of the result; undefined: they are not known. */
  readonly labels: Labels | undefined;
  /** Whether the value is a rate. */
  readonly rated: boolean;
  readonly context: RulesContext;
  readonly report: Report;
}

type Report = (at: Span, rule: string, level: Level, message: string, fix?: string) => FieldFinding;

/**
 * What is wrong with the templates of an alert.
 * @param analysis of its expression; undefined where it is not PromQL
 */
export function templateFindings(
  rule: RuleText,
  context: RulesContext,
  analysis: Analysis | undefined,
): readonly FieldFinding[] {
  const labels = analysis?.shape(analysis.root).labels;
  const rated = analysis !== undefined && descendants(analysis.root).some(isRate);
  const of = (kind: About['kind']) =>
    Object.entries(rule[kind] ?? {}).flatMap(([key, text]) => {
      // Most labels and addresses are plain text.
      if (!text.includes('{{')) return [];
      const report: Report = ({ from, to }, name, level, message, fix) => ({
        field: `${kind}.${key}`,
        text,
        finding: { rule: name, level, from, to, message, ...(fix === undefined ? {} : { fix }) },
      });
      const parsed = parseTemplate(text);
      if (!parsed.ok) return [report(parsed.at, 'template-syntax', 'error', parsed.message, BRACES)];
      return [
        ...undefinedTemplates(parsed.template, report),
        ...commandsOf(parsed.template).flatMap((found) => ofCommand(found, { kind, labels, rated, context, report })),
      ];
    });
  return [...of('labels'), ...of('annotations')];
}

const BRACES = 'correct the template; braces that are meant as text are written {{ "{{" }}';

const isRate = (part: Expr): boolean =>
  part.kind === 'call' && ((COUNTER_FUNCTIONS.has(part.fn) && part.fn !== 'resets') || part.fn === 'deriv');

/** Prometheus loads them, and each evaluation fails. */
const undefinedTemplates = (template: Template, report: Report): readonly FieldFinding[] =>
  calledBy(template)
    .filter(({ name }) => !template.defined.has(name))
    .map((call) =>
      report(call, 'template-syntax', 'error', `no template ${JSON.stringify(call.name)} is defined here`, BRACES),
    );

const ofCommand = (found: Found, about: About): readonly FieldFinding[] => [
  ...wrongArguments(found, about),
  ...unknownLabels(found, about),
  ...values(found, about),
  ...queries(found, about),
];

/** Prometheus loads them, and each evaluation fails. */
function wrongArguments({ command, before }: Found, { report }: About): readonly FieldFinding[] {
  const [first, ...others] = command.operands;
  const arity = first?.kind === 'function' ? TEMPLATE_FUNCTIONS.get(first.text) : undefined;
  const count = others.length + (before === undefined ? 0 : 1);
  if (arity === undefined || first === undefined || (count >= arity.least && count <= arity.most)) return [];
  const { least, most } = arity;
  const wanted = least === most ? least : `${least} ${Number.isFinite(most) ? `to ${most}` : 'or more'}`;
  return [report(command, 'template-arguments', 'error', `${first.text} takes ${wanted} arguments, not ${count}`)];
}

/** `$labels` are those of the result: not those that the rule adds, nor those that an aggregation has left out. */
function unknownLabels({ command, isRoot }: Found, { labels, report }: About): readonly FieldFinding[] {
  if (labels === undefined) return [];
  const [first, second, third] = command.operands;
  const byIndex = first?.text === 'index' && second?.text === '$labels' && second.fields.length === 0;
  const named: readonly (readonly [name: string | undefined, at: Span])[] = [
    ...command.operands.flatMap((operand) => {
      const path = dataPath(operand, isRoot);
      return path?.[0] === 'Labels' && path.length > 1 ? [[path[1], operand] as const] : [];
    }),
    ...(byIndex && first && third?.kind === 'string'
      ? [[unquoted(third.text), { from: first.from, to: third.to }] as const]
      : []),
  ];
  return named.flatMap(([name, at]) => {
    if (name === undefined || labels.has(name)) return [];
    const names = [...labels.keys()].sort();
    const near = nearest(name, names);
    return [
      report(
        at,
        'template-label',
        'error',
        `the result of the expression has no label ${name}: it is empty in every alert`,
        `${near === undefined ? '' : `did you mean ${near}? `}its labels: ${listed(names)}`,
      ),
    ];
  });
}

function values({ command, isRoot, isAlone }: Found, { kind, rated, report }: About): readonly FieldFinding[] {
  const value = command.operands.find((operand) => dataPath(operand, isRoot)?.[0] === 'Value');
  if (value === undefined) return [];
  if (kind === 'labels')
    return [
      report(
        value,
        'template-value-in-label',
        'error',
        'labels identify an alert: with the value in a label, each evaluation is a new alert, and for is never reached',
        'put the value in an annotation',
      ),
    ];
  if (!rated || !isAlone) return [];
  return [report(value, 'template-raw-value', 'warning', 'a rate has many digits', `{{ ${value.text} | humanize }}`)];
}

/** PromQL inside a template: its result is part of the notification. */
function queries({ command, before }: Found, { context, report }: About): readonly FieldFinding[] {
  const [first, second] = command.operands;
  const given = second ?? before?.operands[0];
  const isPlain = second !== undefined || before?.operands.length === 1;
  const expr = given?.kind === 'string' && isPlain ? unquoted(given.text) : undefined;
  if (first?.kind !== 'function' || first.text !== 'query' || given === undefined || expr === undefined) return [];
  return checkExpression(expr, { ...context, place: 'record' }).map(({ rule, level, message, fix }) =>
    report(given, rule, level, message, fix),
  );
}
