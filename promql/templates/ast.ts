/** A Go template as a tree, in the words of https://pkg.go.dev/text/template. */
import type { Span } from '../syntax/ast';

/** A value in a command, with the fields that are taken of it: `$labels.job`, `.Value`, `(query "up").Value`. */
export interface Operand extends Span {
  readonly kind: 'dot' | 'field' | 'variable' | 'function' | 'string' | 'pipeline' | 'constant';
  /** A variable with its dollar sign, a function, a first field, or a literal. */
  readonly text: string;
  /** Names of further fields. */
  readonly fields: readonly string[];
  /** What stands between parentheses. */
  readonly pipeline?: Pipeline;
}

/** A function or a method with its arguments, or a single value. */
export interface Command extends Span {
  readonly operands: readonly Operand[];
}

/** Commands, each of which has the result of the one before as its last argument. */
export interface Pipeline extends Span {
  readonly declares: readonly string[];
  readonly commands: readonly Command[];
}

/** A part of a template. */
export type Part =
  | (Span & { readonly kind: 'text'; readonly isBlank: boolean })
  | (Span & { readonly kind: 'action'; readonly pipeline: Pipeline })
  | (Span & { readonly kind: 'jump' })
  | (Span & { readonly kind: 'template'; readonly name: string; readonly pipeline: Pipeline | undefined })
  | Control;

/** `if`, `range` and `with`. The dot means something else within the first list of the last two. */
export interface Control extends Span {
  readonly kind: 'if' | 'range' | 'with';
  readonly pipeline: Pipeline;
  readonly then: readonly Part[];
  readonly otherwise: readonly Part[];
}

/** A whole template: what is written, and the templates that it defines. */
export interface Template {
  readonly parts: readonly Part[];
  readonly defined: ReadonlyMap<string, readonly Part[]>;
}
