/** Rules as in a rule file, and what is wrong with one. */
import type { CheckContext } from '../context';
import type { Finding } from '../finding';

/** An alerting or recording rule. */
export interface RuleText {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A group of rules. */
export interface RuleGroupText {
  readonly name: string;
  readonly rules: readonly RuleText[];
}

/** What the rules for groups need to know. */
export interface RulesContext extends CheckContext {
  /**
   * How strictly the style of rules is checked. `strict`: each alert must have `for`, the labels severity and owner, and the
   * annotations summary and runbook_url, and a recorded series is named level:metric:operation. `lenient`: a missing field is a
   * warning, an annotation `runbook` will do for `runbook_url`, and neither an owner nor such a name is asked for.
   */
  readonly style: 'strict' | 'lenient';
  /** Expressions of all panels: what neither a panel nor a rule reads need not be recorded. @default - not known: that is not checked */
  readonly panels?: readonly string[];
}

/** Something that is wrong with a field of a rule. */
export interface FieldFinding {
  /** Path below the rule, as `expr` or `annotations.summary`. */
  readonly field: string;
  /** The text that the offsets of the finding are in; empty where the field is missing. */
  readonly text: string;
  readonly finding: Finding;
}

/** Something that is wrong with a rule of a group. */
export interface RuleProblem extends FieldFinding {
  /** Which group, from 0. */
  readonly group: number;
  /** Which rule of it, from 0. */
  readonly rule: number;
  /** Name of the alert, or of what is recorded. */
  readonly name: string;
}
