/** What an alert must have besides its expression. */

import type { Finding, Level } from '../finding';
import type { Analysis } from '../shapes/analysis';
import type { Expr } from '../syntax/ast';
import { durationSeconds } from '../syntax/literals';
import { descendants } from '../syntax/walk';
import type { FieldFinding, RulesContext, RuleText } from './rule-text';
import { templateFindings } from './template';

/**
 * What is wrong with an alert besides its expression.
 * @param analysis of its expression; undefined where it is not PromQL
 */
export function alertFindings(
  rule: RuleText,
  context: RulesContext,
  analysis: Analysis | undefined,
): readonly FieldFinding[] {
  return [
    ...missingFields(rule, context),
    ...tooSoon(rule, context, analysis),
    ...templateFindings(rule, context, analysis),
  ];
}

const finding = (
  field: string,
  text: string,
  rule: string,
  level: Level,
  message: string,
  fix: string,
): FieldFinding => ({
  field,
  text,
  finding: { rule, level, from: 0, to: text.length, message, fix } satisfies Finding,
});

const SEVERITIES: readonly string[] = ['critical', 'warning', 'info'];

function missingFields(
  { for: duration, labels = {}, annotations = {} }: RuleText,
  { style }: RulesContext,
): readonly FieldFinding[] {
  const isStrict = style === 'strict';
  const level = isStrict ? 'error' : 'warning';
  const { severity } = labels;
  const runbook = annotations.runbook_url ?? (isStrict ? undefined : annotations.runbook);
  const missing = (field: string, rule: string, message: string, fix: string) =>
    finding(field, '', rule, level, message, fix);
  return [
    ...(duration === undefined
      ? [missing('for', 'alert-for', 'without for, a single bad evaluation is an alert', 'for: 5m')]
      : []),
    ...(severity === undefined
      ? [
          missing(
            'labels.severity',
            'alert-severity',
            'the alert has no severity, by which it is routed',
            'severity: warning',
          ),
        ]
      : []),
    ...(isStrict && severity !== undefined && !SEVERITIES.includes(severity)
      ? [
          finding(
            'labels.severity',
            severity,
            'alert-severity',
            level,
            `one of ${SEVERITIES.join(', ')}`,
            'severity: warning',
          ),
        ]
      : []),
    ...(isStrict && labels.owner === undefined
      ? [missing('labels.owner', 'alert-owner', 'the alert has no owner, who acts on it', 'owner: platform')]
      : []),
    ...(annotations.summary === undefined
      ? [
          missing(
            'annotations.summary',
            'alert-summary',
            'a notification begins with the summary, and there is none',
            'summary: ...',
          ),
        ]
      : []),
    ...(runbook === undefined
      ? [
          missing(
            'annotations.runbook_url',
            'alert-runbook',
            'no runbook describes how to investigate and fix it',
            'runbook_url: https://...',
          ),
        ]
      : []),
  ];
}

/** After a start of Prometheus nothing is scraped yet: what asks for absence must wait for two scrapes. */
function tooSoon(
  { for: duration }: RuleText,
  { scrapeInterval }: RulesContext,
  analysis: Analysis | undefined,
): readonly FieldFinding[] {
  const least = 2 * scrapeInterval;
  const waits = duration === undefined ? 0 : (durationSeconds(duration) ?? least);
  if (analysis === undefined || waits >= least || !descendants(analysis.root).some(asksForAbsence)) return [];
  return [
    finding(
      'for',
      duration ?? '',
      'absent-without-for',
      'error',
      `absent() is true until the first scrapes after a start of Prometheus: for must be ${least}s or more`,
      'for: 5m',
    ),
  ];
}

const asksForAbsence = (part: Expr): boolean => part.kind === 'call' && part.fn === 'absent';
