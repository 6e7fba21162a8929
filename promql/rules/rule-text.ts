/** Rules as they stand in a rule file, and what is wrong with one. */
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
   * Whose rules they are. Of `ours` each alert has `for`, the labels severity and owner and the annotations summary and
   * runbook_url, each an error where it is missing. `others` have a style of their own: what most have is a warning, an
   * annotation `runbook` is as good as `runbook_url`, and the label owner is nobody's but ours.
   */
  readonly style: 'ours' | 'others';
  /** Expressions of all panels: what neither they nor a rule read is recorded in vain. @default - not known: that is not checked */
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
