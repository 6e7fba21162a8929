/** An expression as a tree, in the words of PromQL's documentation. Offsets are those of the expression as it was written. */

/** A piece of an expression. */
export interface Span {
  /** Offset of its first character. */
  readonly from: number;
  /** Offset after its last character. */
  readonly to: number;
}

/** Name of a label, in a matcher or in a list of labels. */
export interface LabelName extends Span {
  readonly name: string;
  /** It holds a variable of Grafana: its name is not known. */
  readonly variable: boolean;
}

/** A condition on a label. */
export interface Matcher extends Span {
  readonly label: LabelName;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
  /** The place of the value, with its quotes. */
  readonly valueSpan: Span;
}

/** A length of time. */
export interface Duration extends Span {
  /** undefined: it is computed, or a variable. */
  readonly seconds: number | undefined;
  /** The variable of Grafana that it is. */
  readonly variable: string | undefined;
}

export interface Selector extends Span {
  readonly kind: 'selector';
  /** Names that it selects: several where `__name__` has alternatives; none where they are not known. */
  readonly names: readonly string[];
  /** The name, or the selector where it has none. */
  readonly nameSpan: Span;
  readonly matchers: readonly Matcher[];
}

export interface Range extends Span {
  readonly kind: 'range';
  readonly of: Expr;
  readonly duration: Duration;
}

export interface Subquery extends Span {
  readonly kind: 'subquery';
  readonly of: Expr;
  readonly duration: Duration;
}

/** `offset`, `@`, `anchored` or `smoothed`. */
export interface Modified extends Span {
  readonly kind: 'modified';
  readonly of: Expr;
  /** The modifier, as written. */
  readonly modifier: string;
}

export interface Aggregate extends Span {
  readonly kind: 'aggregate';
  readonly op: string;
  readonly opSpan: Span;
  readonly grouping: 'by' | 'without' | undefined;
  readonly labels: readonly LabelName[];
  /** First argument of those operators that have two, as `topk`. */
  readonly parameter: Expr | undefined;
  readonly of: Expr;
}

export interface Call extends Span {
  readonly kind: 'call';
  readonly fn: string;
  readonly fnSpan: Span;
  readonly args: readonly Expr[];
}

/** Vector matching: how series of both sides of an operator are paired. */
export interface Matching {
  readonly kind: 'on' | 'ignoring';
  readonly labels: readonly LabelName[];
  readonly group: 'left' | 'right' | undefined;
  /** Labels that are copied from the "one" side. */
  readonly include: readonly LabelName[];
}

export interface Binary extends Span {
  readonly kind: 'binary';
  readonly op: string;
  readonly opSpan: Span;
  readonly bool: boolean;
  readonly matching: Matching | undefined;
  /** Whether it fills in a value for series without a match. */
  readonly fill: boolean;
  readonly left: Expr;
  readonly right: Expr;
}

export interface Unary extends Span {
  readonly kind: 'unary';
  readonly of: Expr;
}

export interface NumberLiteral extends Span {
  readonly kind: 'number';
  readonly value: number;
}

export interface StringLiteral extends Span {
  readonly kind: 'string';
  readonly value: string;
}

/** A variable of Grafana as an expression, or as a part of a metric's name: nothing is known of it. */
export interface Unknown extends Span {
  readonly kind: 'unknown';
}

export type Expr =
  | Selector
  | Range
  | Subquery
  | Modified
  | Aggregate
  | Call
  | Binary
  | Unary
  | NumberLiteral
  | StringLiteral
  | Unknown;
